// A line chart on a time axis, in SVG, without animation. What it shows is also told in words, for those who can't see it.

import { draw, make, say } from './dom.js';
import { clock } from './format.js';

const WIDTH = 400;
const HEIGHT = 144;
const LEFT = 4;
const BOTTOM = 18;
const TOP = 14;
const CLASSES = ['first', 'second', 'third'];

/** The smallest of 1, 2, 5 times a power of ten that is not below a value. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value * 0.999);
  return step * power;
}

export class Chart {
  /**
   * @param title what it shows
   * @param series [{ name, of(sample), step }]
   * @param format writes a value
   * @param bound (state) => a line that is not to be crossed, or 0
   * @param least the smallest top of the axis
   */
  constructor(title, series, format, bound = () => 0, least = 1) {
    this.title = title;
    this.series = series;
    this.format = format;
    this.bound = bound;
    this.least = least;
    this.figure = make('figure');
    const caption = make('figcaption', '', title);
    const legend = make('span', 'legend');
    this.values = series.map((one, index) => {
      const entry = make('span');
      const sign = draw('svg', { viewBox: '0 0 26 8', 'aria-hidden': 'true' });
      sign.append(draw('line', { x1: 0, x2: 26, y1: 4, y2: 4, class: 'series ' + CLASSES[index] }));
      const text = make('span');
      entry.append(sign, text);
      legend.append(entry);
      return text;
    });
    caption.append(legend);
    this.svg = draw('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });
    this.figure.append(caption, this.svg);
  }

  /** Shows samples, oldest first. */
  show(samples, state) {
    const last = samples[samples.length - 1];
    const values = this.series.map((one) => this.format(one.of(last)));
    this.series.forEach((one, index) => say(this.values[index], one.name + ' ' + values[index]));
    this.svg.setAttribute(
      'aria-label', this.title + ': ' + this.series.map((one, index) => one.name + ' ' + values[index]).join(', '));

    const bound = this.bound(state);
    const highest = Math.max(this.least, ...samples.flatMap((sample) => this.series.map((one) => one.of(sample))));
    const top = bound > 0 && highest > bound / 4 ? Math.max(bound * 1.08, highest) : ceiling(highest);
    const from = samples[0].timeS;
    const length = Math.max(1, last.timeS - from);
    const x = (sample) => LEFT + (sample.timeS - from) / length * (WIDTH - LEFT);
    const y = (value) => HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);

    const parts = [...this.cuts(samples, x)];
    parts.push(draw('line', { x1: LEFT, x2: WIDTH, y1: y(0), y2: y(0), class: 'grid' }));
    parts.push(draw('line', { x1: LEFT, x2: WIDTH, y1: y(top), y2: y(top), class: 'grid' }));
    if (bound > 0 && bound <= top) {
      parts.push(draw('line', { x1: LEFT, x2: WIDTH, y1: y(bound), y2: y(bound), class: 'bound' }));
    }
    this.series.forEach((one, index) => parts.push(draw('path', {
      class: 'series ' + CLASSES[index],
      d: path(samples, x, (sample) => y(one.of(sample)), one.step),
      'vector-effect': 'non-scaling-stroke',
    })));
    this.svg.replaceChildren(...parts);
    this.label(from, last.timeS, top);
  }

  /** The times without power, as grey bands. */
  * cuts(samples, x) {
    let start = null;
    for (const sample of samples) {
      if (!sample.powered && start === null) {
        start = x(sample);
      } else if (sample.powered && start !== null) {
        yield draw('rect', { class: 'cut', x: start, y: TOP, width: Math.max(1, x(sample) - start), height: HEIGHT - BOTTOM - TOP });
        start = null;
      }
    }
    if (start !== null) {
      yield draw('rect', { class: 'cut', x: start, y: TOP, width: Math.max(1, WIDTH - start), height: HEIGHT - BOTTOM - TOP });
    }
  }

  /** Text lies above the stretched drawing, so that it is not stretched. */
  label(from, to, top) {
    if (!this.labels) {
      this.labels = draw('svg', { class: 'labels', 'aria-hidden': 'true' });
      this.texts = ['top', 'from', 'to'].map(() => draw('text'));
      this.labels.append(...this.texts);
      const [above, left, right] = this.texts;
      above.setAttribute('x', '4');
      above.setAttribute('y', '10');
      left.setAttribute('x', '4');
      left.setAttribute('y', '98%');
      right.setAttribute('x', '100%');
      right.setAttribute('y', '98%');
      right.setAttribute('text-anchor', 'end');
      this.frame = make('div', 'plot');
      this.svg.replaceWith(this.frame);
      this.frame.append(this.svg, this.labels);
    }
    say(this.texts[0], this.format(top));
    say(this.texts[1], clock(from));
    say(this.texts[2], clock(to));
  }
}

function path(samples, x, y, step) {
  let text = '';
  samples.forEach((sample, index) => {
    const at = x(sample).toFixed(1);
    const value = y(sample).toFixed(1);
    if (index === 0) {
      text = `M${at} ${value}`;
    } else {
      text += step ? `H${at}V${value}` : `L${at} ${value}`;
    }
  });
  return text;
}
