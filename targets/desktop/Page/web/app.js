// Asks the program how things are, a few times a second while somebody looks, and shows it.

import { Chart } from './chart.js';
import { find, say } from './dom.js';
import { bytes, clock, count, rate } from './format.js';
import { showFaults } from './faults.js';
import { addLines, showClients, showMeters, showShort, showVerdict, showWear } from './panels.js';

const PERIOD_MS = 500;
const AWAY_MS = 2000;
const SAMPLES_MAX = 300;

const charts = [
  new Chart('Messages per second', [
    { name: 'in', of: (sample) => sample.received },
    { name: 'out', of: (sample) => sample.sent },
  ], rate),
  new Chart('Clients', [
    { name: 'connected', of: (sample) => sample.connected, step: true },
    { name: 'sessions', of: (sample) => sample.sessions, step: true },
  ], count, (state) => state.connections.max, 4),
  new Chart('Queued messages', [
    { name: 'waiting', of: (sample) => sample.queued },
  ], count, undefined, 4),
  new Chart('Message memory', [
    { name: 'used', of: (sample) => sample.queuedBytes },
  ], bytes, (state) => state.queue.max, 1000),
  new Chart('Heap', [
    { name: 'used', of: (sample) => sample.heap },
  ], bytes, (state) => state.heap.max, 1000),
  new Chart('Overload ladder', [
    { name: 'step', of: (sample) => sample.step, step: true },
  ], count, undefined, 5),
  new Chart('Overload per second', [
    { name: 'dropped', of: (sample) => sample.dropped, step: true },
    { name: 'refused', of: (sample) => sample.refused, step: true },
    { name: 'sent away', of: (sample) => sample.sentAway, step: true },
  ], rate),
];
const flashCharts = [
  new Chart('Flash used', [
    { name: 'used', of: (sample) => sample.flash },
  ], bytes, (state) => state.flash?.size ?? 0, 4096),
  new Chart('Flash erases per second', [
    { name: 'erases', of: (sample) => sample.erases },
  ], rate),
];

let program = '';
let lastLine = 0;
let samples = [];

function take(answer) {
  if (answer.program !== program) {
    // The program was started again: its numbers begin anew, and the token of before is no longer good.
    if (program !== '') {
      location.reload();
      return;
    }
    program = answer.program;
  }
  samples = samples.concat(answer.samples).slice(-SAMPLES_MAX);
  if (answer.log.length > 0) {
    lastLine = answer.log[answer.log.length - 1].number;
    addLines(answer.log);
  }
  show(answer.state);
}

function show(state) {
  const simulated = state.command === 'simulate';
  say(find('what'), `${simulated ? 'Simulated gateway' : 'Broker'}, profile ${state.profile}, mode ${state.mode}, `
    + (state.listening ? `serving ${state.listening}` : 'not serving real clients'));
  say(find('clock'), clock(state.timeS) + (state.speed !== 1 ? ` (${state.speed} times as fast)` : ''));
  const power = find('power');
  power.hidden = !simulated;
  power.className = 'pill ' + (state.powered ? 'on' : 'off');
  say(power, state.powered ? 'Power on' : 'No power');
  showVerdict(state.verdict);
  showFaults(state.faults);
  showMeters(state);
  showWear(state.flash);
  showShort(state.short);
  showClients(state.clients, state.clientsLeftOut);
  const parent = find('charts');
  const shown = state.flash ? charts.concat(flashCharts) : charts;
  while (parent.children.length < shown.length) {
    parent.append(shown[parent.children.length].figure);
  }
  if (samples.length > 1) {
    shown.forEach((chart) => chart.show(samples, state));
  }
}

async function poll() {
  let wait = PERIOD_MS;
  try {
    const sample = samples.length > 0 ? samples[samples.length - 1].number : 0;
    const response = await fetch(`/api/state?program=${program}&sample=${sample}&line=${lastLine}`);
    if (response.status === 200) {
      take(await response.json());
    }
    find('offline').hidden = response.ok;
  } catch {
    find('offline').hidden = false;
    wait = AWAY_MS;
  }
  setTimeout(poll, document.hidden ? AWAY_MS : wait);
}

poll();
