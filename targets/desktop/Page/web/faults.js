// The buttons that break things.

import { find, make, say } from './dom.js';

const token = document.querySelector('meta[name=token]').content;

/** Shows a button for each fault; pressed while it is at work. */
export function showFaults(faults) {
  find('faults').hidden = faults.length === 0;
  const parent = find('fault-buttons');
  faults.forEach((fault, index) => {
    const button = parent.children[index] ?? parent.appendChild(make('button'));
    button.type = 'button';
    button.title = fault.help;
    button.dataset.fault = fault.name;
    button.setAttribute('aria-pressed', String(fault.active));
    button.onclick = () => ask(fault.name);
    say(button, fault.label);
  });
}

async function ask(name) {
  const answer = find('fault-answer');
  try {
    const response = await fetch('/api/faults/' + name, { method: 'POST', headers: { 'X-EdgeBroker-Token': token } });
    say(answer, response.ok ? (await response.json()).text : 'The program refused: load the page again.');
  } catch {
    say(answer, 'The program does not answer.');
  }
}
