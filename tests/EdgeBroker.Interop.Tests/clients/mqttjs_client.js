// Drives a broker with MQTT.js. Usage: mqttjs_client.js PORT 3.1.1|5.0 SCENARIO
// Ends with 0 if what the scenario expects has happened; every wait is bounded.
'use strict';

const assert = require('assert');
const crypto = require('crypto');
const mqtt = require('mqtt');

const WAIT_MS = 30000;
const port = Number(process.argv[2]);
const v5 = process.argv[3] === '5.0';

const unique = (name) => name + '-' + crypto.randomBytes(4).toString('hex');

class Peer {
  constructor(name, options = {}) {
    this.options = {
      host: '127.0.0.1', port, clientId: name, protocolVersion: v5 ? 5 : 4, reconnectPeriod: 0,
      clean: !options.durable, will: options.will,
      properties: v5 ? { sessionExpiryInterval: options.durable ? 600 : 0 } : undefined,
    };
    this.messages = [];
    this.waiting = null;
  }

  connect() {
    this.client = mqtt.connect(this.options);
    this.client.on('message', (topic, payload, packet) => {
      this.messages.push({ topic, payload, packet });
      if (this.waiting) {
        this.waiting();
      }
    });
    return bounded('CONNACK', new Promise((resolve, reject) => {
      this.client.on('connect', (packet) => resolve(packet.sessionPresent));
      this.client.on('error', reject);
    }));
  }

  async subscribe(filter, qos) {
    const granted = await bounded('SUBACK', this.client.subscribeAsync(filter, { qos }));
    assert.strictEqual(granted[0].qos, qos);
  }

  publish(topic, payload, options) {
    return bounded('PUBACK', this.client.publishAsync(topic, payload, options));
  }

  async next() {
    if (this.messages.length === 0) {
      await bounded('message', new Promise((resolve) => { this.waiting = resolve; }));
      this.waiting = null;
    }
    return this.messages.shift();
  }

  end() {
    return bounded('end', this.client.endAsync());
  }
}

function bounded(what, promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('no ' + what)), WAIT_MS); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function pair(topic, qos) {
  const subscriber = new Peer(unique('s'));
  const publisher = new Peer(unique('p'));
  await subscriber.connect();
  await publisher.connect();
  await subscriber.subscribe(topic, qos);
  return [subscriber, publisher];
}

const scenarios = {
  async round_trip() {
    const topic = unique('mqttjs/round');
    const [subscriber, publisher] = await pair(topic + '/#', 2);
    for (const qos of [0, 1, 2]) {
      const payload = crypto.randomBytes(200 * (qos + 1));
      await publisher.publish(topic + '/' + qos, payload, { qos });
      const message = await subscriber.next();
      assert.strictEqual(message.topic, topic + '/' + qos);
      assert.deepStrictEqual(message.payload, payload);
      assert.strictEqual(message.packet.qos, qos);
      assert.strictEqual(message.packet.retain, false);
    }
    await publisher.end();
    await subscriber.end();
  },

  async retained() {
    const topic = unique('mqttjs/retained');
    const publisher = new Peer(unique('p'));
    await publisher.connect();
    await publisher.publish(topic, 'old', { qos: 2, retain: true });
    await publisher.publish(topic, 'kept', { qos: 2, retain: true });
    const subscriber = new Peer(unique('s'));
    await subscriber.connect();
    await subscriber.subscribe(topic, 1);
    const message = await subscriber.next();
    assert.strictEqual(message.payload.toString(), 'kept');
    assert.strictEqual(message.packet.retain, true);
    await publisher.publish(topic, '', { qos: 1, retain: true });
    await publisher.end();
    await subscriber.end();
  },

  async will() {
    const topic = unique('mqttjs/will');
    const subscriber = new Peer(unique('s'));
    await subscriber.connect();
    await subscriber.subscribe(topic, 1);
    const victim = new Peer(unique('v'), { will: { topic, payload: Buffer.from('gone'), qos: 1, retain: false } });
    await victim.connect();
    victim.client.stream.destroy();
    assert.strictEqual((await subscriber.next()).payload.toString(), 'gone');
    await subscriber.end();
  },

  async durable() {
    const topic = unique('mqttjs/durable');
    const name = unique('d');
    const first = new Peer(name, { durable: true });
    assert.strictEqual(await first.connect(), false);
    await first.subscribe(topic, 2);
    await first.end();
    const publisher = new Peer(unique('p'));
    await publisher.connect();
    for (let number = 0; number < 20; number++) {
      await publisher.publish(topic, String(number), { qos: 1 + number % 2 });
    }
    await publisher.end();
    const second = new Peer(name, { durable: true });
    assert.strictEqual(await second.connect(), true);
    // The order is promised among messages of the same QoS only.
    const seen = { 1: [], 2: [] };
    for (let count = 0; count < 20; count++) {
      const message = await second.next();
      seen[message.packet.qos].push(Number(message.payload));
    }
    const numbers = [...Array(20).keys()];
    assert.deepStrictEqual(seen, { 1: numbers.filter((n) => n % 2 === 0), 2: numbers.filter((n) => n % 2 === 1) });
    await second.end();
  },

  async shared() {
    const topic = unique('mqttjs/shared');
    const members = [new Peer(unique('m')), new Peer(unique('m'))];
    for (const member of members) {
      await member.connect();
      await member.subscribe('$share/group/' + topic, 1);
    }
    const publisher = new Peer(unique('p'));
    await publisher.connect();
    for (let number = 0; number < 20; number++) {
      await publisher.publish(topic, String(number), { qos: 1 });
    }
    // A message of its own tells each member that all those before were delivered.
    for (const member of members) {
      await member.subscribe(topic + '/end', 1);
    }
    await publisher.publish(topic + '/end', 'end', { qos: 1 });
    const seen = [];
    for (const member of members) {
      const before = seen.length;
      for (let text = ''; text !== 'end';) {
        text = (await member.next()).payload.toString();
        if (text !== 'end') {
          seen.push(Number(text));
        }
      }
      assert.ok(seen.length > before, 'a member of the group got no share');
      await member.end();
    }
    assert.deepStrictEqual(seen.sort((a, b) => a - b), [...Array(20).keys()]);
    await publisher.end();
  },

  async user_properties() {
    const topic = unique('mqttjs/properties');
    const [subscriber, publisher] = await pair(topic, 1);
    await publisher.publish(topic, 'x', {
      qos: 1,
      properties: { userProperties: { a: ['1', '3'], b: '2' }, contentType: 'text/plain', responseTopic: 'answers/here' },
    });
    const { properties } = (await subscriber.next()).packet;
    assert.deepStrictEqual({ ...properties.userProperties }, { a: ['1', '3'], b: '2' });
    assert.strictEqual(properties.contentType, 'text/plain');
    assert.strictEqual(properties.responseTopic, 'answers/here');
    await publisher.end();
    await subscriber.end();
  },

  async shutdown() {
    const peer = new Peer(unique('s'));
    await peer.connect();
    const told = new Promise((resolve) => { peer.client.on('disconnect', resolve); });
    console.log('ready');
    const packet = await bounded('DISCONNECT', told);
    assert.strictEqual(packet.reasonCode, 0x8B);
    peer.client.end(true);
  },
};

scenarios[process.argv[4]]().then(
  () => { console.log('done'); },
  (error) => { console.error(error); process.exit(1); });
