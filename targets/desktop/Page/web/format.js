// Numbers and times as people read them.

/** A count with thousands apart. */
export function count(value) {
  return Math.round(value).toLocaleString('en');
}

/** A rate: small ones with a digit behind the point. */
export function rate(value) {
  return value < 10 ? value.toFixed(1) : count(value);
}

/** Bytes in the unit that fits. */
export function bytes(value) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return (unit === 0 ? Math.round(value) : value.toFixed(value < 100 ? 1 : 0)) + ' ' + units[unit];
}

/** A time since the start as h:mm:ss. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours > 0 ? hours + ':' + two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)) + ':' + two(whole % 60);
}

/** How long something has been so. */
export function span(seconds) {
  if (seconds < 60) {
    return Math.round(seconds) + ' s';
  }
  if (seconds < 3600) {
    return Math.round(seconds / 60) + ' min';
  }
  return seconds < 172800 ? Math.round(seconds / 3600) + ' h' : Math.round(seconds / 86400) + ' days';
}

/** Years of life. */
export function years(value) {
  if (value === 0) {
    return 'no wear';
  }
  return value > 100 ? 'more than 100 years' : value.toFixed(value < 10 ? 1 : 0) + ' years';
}
