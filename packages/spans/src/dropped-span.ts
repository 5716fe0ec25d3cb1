import type { OperationSpan } from '@otel-monitor/runtime';
import { SpanIdentity } from './span-identity.js';

/** A span that the sampler did not take: it keeps trace and context together, and records nothing. */
export class DroppedSpan extends SpanIdentity implements OperationSpan {
  isRecording(): boolean {
    return false;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  recordException(): void {}

  setCleanAttribute(): void {}

  setCleanAttributes(): void {}

  addCleanEvent(): void {}

  setCleanStatus(): void {}

  share(): void {}

  become(): void {}

  epochMillis(): number {
    return 0;
  }

  end(): void {}

  finish(): void {}
}
