/** What Prometheus and Alertmanager read as a duration: `90s`, `1h30m`. */
export const isDuration = (text: string): boolean =>
  text !== '' && /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/.test(text);
