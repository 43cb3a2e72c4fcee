// The parts of the page that are not charts: promises, bounds, clients, log.

import { draw, find, make, say } from './dom.js';
import { bytes, clock, count, span, years } from './format.js';

const LINES_MAX = 400;

/** What the checkers found. */
export function showVerdict(verdict) {
  find('verdict').hidden = !verdict;
  if (!verdict) {
    return;
  }
  const broken = verdict.lost + verdict.duplicated + verdict.other;
  const text = find('verdict-text');
  text.className = 'judgement ' + (broken > 0 ? 'broken' : 'kept');
  let words = broken > 0 ? 'Broken: ' + verdict.failure : 'Every promise was kept so far.';
  if (verdict.permits) {
    words += ` ${verdict.permits[0].toUpperCase()}${verdict.permits.slice(1)}: ${count(verdict.forgotten)} went so.`;
  }
  say(text, words);
  figures(find('verdict-figures'), [
    ['Acknowledged', verdict.acknowledged],
    ['Delivered', verdict.delivered],
    ['Still owed', verdict.owed],
    ['Lost', verdict.lost, verdict.lost > 0],
    ['Duplicated', verdict.duplicated, verdict.duplicated > 0],
    ['Other broken', verdict.other, verdict.other > 0],
    ['Reported drops', verdict.dropped],
    ['Power cuts', verdict.cuts],
    ['Cuts in a write', verdict.cutsInWrites],
    ...(verdict.permits ? [['Went with it', verdict.forgotten]] : []),
  ]);
}

function figures(list, rows) {
  while (list.children.length < rows.length) {
    const row = make('div');
    row.append(make('dt'), make('dd'));
    list.append(row);
  }
  rows.forEach(([name, value, bad], index) => {
    const row = list.children[index];
    row.className = bad ? 'bad' : '';
    say(row.children[0], name);
    say(row.children[1], count(value));
  });
}

/** How much of each bound is used. */
export function showMeters(state) {
  const rows = [
    ['Clients connected', state.connections, count],
    ['Sessions', state.sessions, count],
    ['Subscriptions', state.subscriptions, count],
    ['Retained messages', state.retained, count],
    ['Message memory', state.queue, bytes],
    [state.command === 'simulate' ? 'Heap of a device' : 'Memory', state.heap, bytes],
  ];
  if (state.flash) {
    rows.push(['Flash', { used: state.flash.used, max: state.flash.size }, bytes]);
  }
  const parent = find('meters');
  while (parent.children.length < rows.length) {
    parent.append(meter());
  }
  rows.forEach((row, index) => fill(parent.children[index], ...row));
}

/** How worn the flash is, and how long it lasts. */
export function showWear(flash) {
  find('wear').hidden = !flash;
  if (flash) {
    say(find('wear'), `Flash: ${count(flash.erases)} blocks erased so far, the most worn one ${count(flash.mostWorn)} times of about 100,000. `
      + (flash.lifeYears > 0 ? `At this rate it lasts ${years(flash.lifeYears)}.` : 'How long it lasts at this rate is told after a minute.'));
  }
}

/** What is short, and on which step of the ladder. */
export function showShort(steps) {
  const words = Object.entries(steps).map(([resource, step]) => `${resource} (step ${step} of 5)`);
  find('short').className = words.length > 0 ? 'warning' : '';
  say(find('short'), words.length > 0 ? 'Short: ' + words.join(', ') : 'Nothing is short.');
}

function meter() {
  const element = make('div', 'meter');
  const row = make('div', 'row');
  row.append(make('span'), make('span'));
  const track = make('div', 'track');
  const svg = draw('svg', { preserveAspectRatio: 'none', viewBox: '0 0 100 1', 'aria-hidden': 'true' });
  svg.append(draw('rect', { x: 0, y: 0, width: 0, height: 1 }));
  track.append(svg);
  element.append(row, track);
  return element;
}

function fill(element, name, value, format, note = '') {
  const part = value.max > 0 ? Math.min(1, value.used / value.max) : 0;
  element.classList.toggle('high', part >= 0.9);
  const [left, right] = element.querySelectorAll('.row span');
  say(left, name);
  say(right, `${format(value.used)} of ${format(value.max)}` + (note ? ', ' + note : ''));
  element.querySelector('rect').setAttribute('width', (part * 100).toFixed(1));
}

/** The table of Clients. Rows are kept, so that a selection and the place of a screen reader stay. */
export function showClients(clients, leftOut) {
  const body = find('clients');
  while (body.children.length > clients.length) {
    body.lastChild.remove();
  }
  while (body.children.length < clients.length) {
    const row = make('tr');
    const name = make('th');
    name.scope = 'row';
    row.append(name);
    for (const className of ['', 'state', '', 'number', 'number', 'number', 'reason']) {
      row.append(make('td', className));
    }
    body.append(row);
  }
  clients.forEach((client, index) => {
    const cells = body.children[index].children;
    say(cells[0], client.name.slice(1, -1));
    say(cells[1], client.kind);
    cells[2].className = 'state ' + client.state.replace(' ', '-');
    say(cells[2], client.state + ' ' + span(client.sinceS));
    say(cells[3], client.protocol + (client.state === 'gone' ? '' : client.durable ? ', kept' : ', ends with connection'));
    say(cells[4], client.queued > 0 ? `${count(client.queued)} (${bytes(client.queuedBytes)})` : '0');
    say(cells[5], count(client.inFlight));
    say(cells[6], count(client.subscriptions));
    say(cells[7], client.reason);
  });
  say(find('clients-more'), leftOut > 0 ? `and ${count(leftOut)} more` : clients.length === 0 ? 'Nobody yet.' : '');
}

/** Adds lines to the log, newest first. */
export function addLines(lines) {
  const list = find('log');
  for (const line of lines) {
    const item = make('li', line.level);
    item.append(make('time', '', clock(line.timeS)), make('span', '', line.text));
    list.prepend(item);
  }
  while (list.children.length > LINES_MAX) {
    list.lastChild.remove();
  }
}
