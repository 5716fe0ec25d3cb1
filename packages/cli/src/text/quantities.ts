const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const threeDecimals = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** 1,234,567; fractions with up to three decimals. */
export function count(value: number): string {
  return written(value, Number.isInteger(value) ? whole : threeDecimals);
}

/** A share from 0 to 1, with one decimal, or two digits when it is below 1 %. */
export function percent(value: number): string {
  const hundreds = value * 100;
  return `${written(hundreds, Math.abs(hundreds) < 1 ? twoDigits : oneDecimal)} %`;
}

/** How often in a second. */
export function rate(perSecond: number): string {
  return `${significant(perSecond)}/s`;
}

/** How often in a minute. */
export function ratePerMinute(perMinute: number): string {
  return `${significant(perMinute)}/min`;
}

/** A short time, as operations take: 250 µs, 12.3 ms, 1.5 s, 3.2 min. */
export function duration(seconds: number): string {
  if (seconds === 0) return '0 s';
  if (Math.abs(seconds) < 0.001) return `${significant(seconds * 1e6)} µs`;
  if (Math.abs(seconds) < 0.9995) return `${significant(seconds * 1e3)} ms`;
  if (Math.abs(seconds) < 120) return `${significant(seconds)} s`;
  return `${significant(seconds / 60)} min`;
}

/** A long time, as services run: 42 s, 3 min, 2 h 14 min, 5 d 3 h. */
export function age(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [minutes, hours, days] = [Math.floor(whole / 60), Math.floor(whole / 3600), Math.floor(whole / 86_400)];
  if (whole < 60) return `${whole} s`;
  if (minutes < 60) return `${minutes} min`;
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${count(days)} d ${hours % 24} h`;
}

/** Bytes in decimal units. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${significant(scaled)} ${units[unit]}`;
}

/** Three significant digits, or all before the point: 1,235, 12.3, 0.0123. */
function significant(value: number): string {
  return Math.abs(value) >= 100 ? count(Math.round(value)) : written(value, threeDigits);
}

/** What would have more zeros than one can read has an exponent. */
function written(value: number, format: Intl.NumberFormat): string {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-6 && size < 1e15) ? format.format(value) : value.toExponential(1);
}
