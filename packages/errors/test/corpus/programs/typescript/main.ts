import { Cart } from './cart.js';
import { discount, endless, loadAll, loadOrder, parseSettings, shipOrder } from './orders.js';
import { reportAll } from './report.js';

const cart = new Cart().add({ name: 'cup', price: { cents: 300 } }).add({ name: 'lid', price: undefined });
const [, , seed = '1'] = typeof process === 'undefined' ? [] : process.argv;

function tooLate(seconds: number): never {
  throw new Error(`too late by ${seconds} s`);
}

function later(run: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        run();
        resolve();
      } catch (error) {
        reject(error);
      }
    }, 1);
  });
}

start();

function start(): void {
  void reportAll([
    ['cart total', () => cart.total()],
    ['cart prices', () => cart.prices()],
    ['empty cart', () => new Cart().cheapest],
    ['order not found', () => loadOrder('carol')],
    ['order not found', () => loadAll()],
    ['order wrapped', () => shipOrder()],
    ['settings not valid', () => parseSettings(`{"level": ${seed}, broken}`)],
    ['discount recursion', () => discount(2 + Number(seed))],
    ['endless recursion', () => endless(Number(seed))],
    ['in a timer', () => later(() => tooLate(Number(seed)))],
  ]);
}
