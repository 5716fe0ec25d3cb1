/**
 * Reads one value in MessagePack (its specification of 2017), as far as an agent of Datadog is sent it: no extensions.
 * Integers of 64 bits are bigints.
 */
export function readMessagePack(bytes: Buffer): unknown {
  return new Reader(bytes).value();
}

class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  value(): unknown {
    const byte = this.#unsigned(1);
    if (byte <= 0x7f) return byte;
    if (byte >= 0xe0) return byte - 0x100;
    if (byte <= 0x8f) return this.#map(byte & 0x0f);
    if (byte <= 0x9f) return this.#list(byte & 0x0f);
    if (byte <= 0xbf) return this.#text(byte & 0x1f);
    return this.#sized(byte);
  }

  #sized(byte: number): unknown {
    switch (byte) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return byte === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#take(this.#unsigned(1 << (byte - 0xc4)));
      case 0xca:
        return this.#take(4).readFloatBE();
      case 0xcb:
        return this.#take(8).readDoubleBE();
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#unsigned(1 << (byte - 0xcc));
      case 0xcf:
        return this.#take(8).readBigUInt64BE();
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const size = 1 << (byte - 0xd0);
        return this.#take(size).readIntBE(0, size);
      }
      case 0xd3:
        return this.#take(8).readBigInt64BE();
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#unsigned(1 << (byte - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#list(this.#unsigned(2 << (byte - 0xdc)));
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(2 << (byte - 0xde)));
      default:
        throw new Error(`MessagePack: type 0x${byte.toString(16)} at ${this.#at - 1} is not read here`);
    }
  }

  #take(size: number): Buffer {
    if (this.#at + size > this.bytes.length) throw new Error('MessagePack: the end is missing');
    this.#at += size;
    return this.bytes.subarray(this.#at - size, this.#at);
  }

  #unsigned(size: number): number {
    return this.#take(size).readUIntBE(0, size);
  }

  #text(size: number): string {
    return this.#take(size).toString('utf8');
  }

  #list(length: number): unknown[] {
    return Array.from({ length }, () => this.value());
  }

  #map(length: number): Record<string, unknown> {
    return Object.fromEntries(Array.from({ length }, () => [String(this.value()), this.value()]));
  }
}
