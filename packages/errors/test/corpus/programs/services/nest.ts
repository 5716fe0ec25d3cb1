import 'reflect-metadata';
import { Catch, Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

declare const require: (name: string) => { tell(fault: string, error: unknown): void };
const { tell } = require('./report.cjs');

@Injectable()
class UsersService {
  find(id: string): never {
    throw new RangeError(`user ${id} not found`);
  }

  async load(id: string): Promise<never> {
    await new Promise((resolve) => setTimeout(resolve, 1));
    throw new RangeError(`user ${id} is locked`);
  }
}

@Controller('users')
class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get(':id')
  show(id: string): unknown {
    return this.users.find(id);
  }

  @Get(':id/load')
  async load(id: string): Promise<unknown> {
    return this.users.load(id);
  }
}
Param('id')(UsersController.prototype, 'show', 0);
Param('id')(UsersController.prototype, 'load', 0);
Reflect.defineMetadata('design:paramtypes', [UsersService], UsersController);

@Catch()
class Told {
  catch(error: unknown, host: { switchToHttp(): { getResponse(): { status(code: number): { end(): void } } } }): void {
    tell(`nest: ${(error as Error).message.replace(/\d+/, 'ID')}`, error);
    host.switchToHttp().getResponse().status(500).end();
  }
}

@Module({ controllers: [UsersController], providers: [UsersService] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.useGlobalFilters(new Told());
  await app.listen(0);
  const { port } = app.getHttpServer().address();
  await fetch(`http://127.0.0.1:${port}/users/${Math.floor(Math.random() * 1000)}`);
  await fetch(`http://127.0.0.1:${port}/users/${Math.floor(Math.random() * 1000)}/load`);
  process.exit(0);
}

main();
