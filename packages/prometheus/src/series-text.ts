import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';
import { type ClassicBuckets, explicitBuckets, exponentialBuckets } from './classic-buckets.js';
import type { ExpositionFormat } from './format.js';
import { boundText, sampleValue } from './number-text.js';

/** Lines of one series of a counter or gauge; undefined when the value is none. */
export function numberLines(name: string, labels: string, value: unknown): string | undefined {
  return typeof value === 'number' ? `${name}{${labels}} ${sampleValue(value)}\n` : undefined;
}

/** Writes the lines of histograms, explicit and exponential; it remembers how bounds are written. */
export class HistogramLines {
  private readonly boundTexts = new Map<number, string>();

  constructor(private readonly format: ExpositionFormat) {}

  /** Lines of one series; undefined when its data contradict themselves. */
  write(name: string, labels: string, value: unknown): string | undefined {
    const histogram = value as Histogram | ExponentialHistogram;
    const classic = 'buckets' in histogram ? explicitBuckets(histogram) : exponentialBuckets(histogram);
    return classic === undefined ? undefined : this.lines(name, labels, classic);
  }

  private lines(name: string, labels: string, { bounds, cumulative, count, sum }: ClassicBuckets): string {
    const start = `${name}_bucket{${labels},le="`;
    let text = '';
    for (let index = 0; index < bounds.length; index += 1) {
      text += `${start}${this.bound(bounds[index]!)}"} ${cumulative[index]!}\n`;
    }
    text += `${start}+Inf"} ${count}\n`;
    // OpenMetrics, "Histogram": where values below zero can be, there is no sum, and without a sum no count
    if (this.format === 'openmetrics' && (bounds[0]! < 0 || !(sum >= 0))) return text;
    return `${text}${name}_sum{${labels}} ${sampleValue(sum)}\n${name}_count{${labels}} ${count}\n`;
  }

  private bound(bound: number): string {
    let text = this.boundTexts.get(bound);
    if (text === undefined) {
      text = boundText(bound, this.format === 'openmetrics');
      this.boundTexts.set(bound, text);
    }
    return text;
  }
}
