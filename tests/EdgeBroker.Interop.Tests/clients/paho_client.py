"""Drives a broker with Eclipse Paho. Usage: paho_client.py PORT 3.1.1|5.0 SCENARIO

Ends with 0 if what the scenario expects has happened; every wait is bounded.
"""
import queue
import sys
import uuid

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

WAIT_S = 30
PORT = int(sys.argv[1])
V5 = sys.argv[2] == "5.0"


class Peer:
    """A Client whose callbacks become entries of queues."""

    def __init__(self, name, durable=False, will=None):
        arguments = {"client_id": name, "protocol": paho.MQTTv5 if V5 else paho.MQTTv311}
        if not V5:
            arguments["clean_session"] = not durable
        if hasattr(paho, "CallbackAPIVersion"):
            self.client = paho.Client(paho.CallbackAPIVersion.VERSION1, **arguments)
        else:
            self.client = paho.Client(**arguments)
        self.durable = durable
        self.events = {name: queue.Queue() for name in ("connect", "subscribe", "publish", "message", "disconnect")}
        self.client.on_connect = lambda client, data, flags, code, properties=None: self.put("connect", (flags, code))
        self.client.on_subscribe = lambda client, data, mid, codes, properties=None: self.put("subscribe", codes)
        self.client.on_publish = lambda client, data, mid: self.put("publish", mid)
        self.client.on_message = lambda client, data, message: self.put("message", message)
        self.client.on_disconnect = lambda client, data, code, properties=None: self.put("disconnect", code)
        if will:
            self.client.will_set(*will)

    def put(self, name, value):
        self.events[name].put(value)

    def next(self, name):
        return self.events[name].get(timeout=WAIT_S)

    def connect(self):
        if V5:
            properties = Properties(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = 600 if self.durable else 0
            self.client.connect("127.0.0.1", PORT, clean_start=not self.durable, properties=properties)
        else:
            self.client.connect("127.0.0.1", PORT)
        self.client.loop_start()
        flags, code = self.next("connect")
        expect(0, code if isinstance(code, int) else code.value, "CONNACK")
        return flags["session present"]

    def subscribe(self, topic_filter, qos):
        if V5:
            self.client.subscribe(topic_filter, options=SubscribeOptions(qos=qos))
        else:
            self.client.subscribe(topic_filter, qos)
        code = self.next("subscribe")[0]
        expect(qos, code if isinstance(code, int) else code.value, "SUBACK")

    def publish(self, topic, payload, qos, retain=False, properties=None):
        if V5:
            self.client.publish(topic, payload, qos, retain, properties)
        else:
            self.client.publish(topic, payload, qos, retain)
        self.next("publish")

    def disconnect(self):
        self.client.disconnect()
        self.next("disconnect")
        self.client.loop_stop()

    def cut(self):
        """Ends the connection as a crash would: no DISCONNECT."""
        self.client.loop_stop()
        self.client.socket().close()


def expect(expected, actual, what):
    if expected != actual:
        raise AssertionError("%s: expected %r, got %r" % (what, expected, actual))


def unique(name):
    return name + "-" + uuid.uuid4().hex[:8]


def round_trip():
    topic = unique("paho/round")
    subscriber, publisher = Peer(unique("s")), Peer(unique("p"))
    subscriber.connect()
    publisher.connect()
    subscriber.subscribe(topic + "/+", 2)
    for qos in (0, 1, 2):
        payload = bytes(range(256)) * (qos + 1)
        publisher.publish("%s/%d" % (topic, qos), payload, qos)
        message = subscriber.next("message")
        expect("%s/%d" % (topic, qos), message.topic, "topic")
        expect(payload, message.payload, "payload")
        expect(qos, message.qos, "QoS")
        expect(False, bool(message.retain), "retain")
    publisher.disconnect()
    subscriber.disconnect()


def retained():
    topic = unique("paho/retained")
    publisher = Peer(unique("p"))
    publisher.connect()
    publisher.publish(topic, "old", 1, retain=True)
    publisher.publish(topic, "kept", 1, retain=True)
    subscriber = Peer(unique("s"))
    subscriber.connect()
    subscriber.subscribe(topic, 1)
    message = subscriber.next("message")
    expect(b"kept", message.payload, "payload")
    expect(True, bool(message.retain), "retain")
    publisher.publish(topic, "", 1, retain=True)
    expect(b"", subscriber.next("message").payload, "payload")
    late = Peer(unique("l"))
    late.connect()
    late.subscribe(topic, 1)
    publisher.publish(topic, "live", 1)
    message = late.next("message")
    expect(b"live", message.payload, "first message after the retained one was removed")
    for peer in (publisher, subscriber, late):
        peer.disconnect()


def will():
    topic = unique("paho/will")
    subscriber = Peer(unique("s"))
    subscriber.connect()
    subscriber.subscribe(topic, 1)
    orderly = Peer(unique("o"), will=(topic, "wrong", 1, False))
    orderly.connect()
    orderly.disconnect()
    victim = Peer(unique("v"), will=(topic, "gone", 1, False))
    victim.connect()
    victim.cut()
    expect(b"gone", subscriber.next("message").payload, "Will Message")
    subscriber.disconnect()


def durable():
    topic, name = unique("paho/durable"), unique("d")
    first = Peer(name, durable=True)
    expect(0, int(first.connect()), "Session Present at first")
    first.subscribe(topic, 2)
    first.disconnect()
    publisher = Peer(unique("p"))
    publisher.connect()
    for number in range(20):
        publisher.publish(topic, str(number), 1 + number % 2)
    publisher.disconnect()
    second = Peer(name, durable=True)
    expect(1, int(second.connect()), "Session Present at the return")
    # The order is promised among messages of the same QoS only.
    seen = {1: [], 2: []}
    for _ in range(20):
        message = second.next("message")
        seen[message.qos].append(int(message.payload))
    expect({1: list(range(0, 20, 2)), 2: list(range(1, 20, 2))}, seen, "queued messages")
    second.disconnect()


def shared():
    topic = unique("paho/shared")
    members = [Peer(unique("m")) for _ in range(2)]
    for member in members:
        member.connect()
        member.subscribe("$share/group/" + topic, 1)
    publisher = Peer(unique("p"))
    publisher.connect()
    for number in range(20):
        publisher.publish(topic, str(number), 1)
    # A message of its own tells each member that all those before were delivered.
    for member in members:
        member.subscribe(topic + "/end", 1)
    publisher.publish(topic + "/end", "end", 1)
    seen = []
    for member in members:
        message = member.next("message")
        count = 0
        while message.payload != b"end":
            seen.append(int(message.payload))
            count += 1
            message = member.next("message")
        expect(True, count > 0, "a member of the group got a share")
    expect(list(range(20)), sorted(seen), "each message once")
    for peer in members + [publisher]:
        peer.disconnect()


def user_properties():
    topic = unique("paho/properties")
    subscriber, publisher = Peer(unique("s")), Peer(unique("p"))
    subscriber.connect()
    publisher.connect()
    subscriber.subscribe(topic, 1)
    properties = Properties(PacketTypes.PUBLISH)
    properties.UserProperty = [("a", "1"), ("b", "2"), ("a", "3")]
    properties.ContentType = "text/plain"
    properties.ResponseTopic = "answers/here"
    properties.CorrelationData = b"\x00\x01"
    publisher.publish(topic, "x", 1, properties=properties)
    received = subscriber.next("message").properties
    expect([("a", "1"), ("b", "2"), ("a", "3")], received.UserProperty, "User Properties")
    expect("text/plain", received.ContentType, "Content Type")
    expect("answers/here", received.ResponseTopic, "Response Topic")
    expect(b"\x00\x01", received.CorrelationData, "Correlation Data")
    publisher.disconnect()
    subscriber.disconnect()


def shutdown():
    peer = Peer(unique("s"))
    peer.connect()
    print("ready", flush=True)
    code = peer.next("disconnect")
    expect(0x8B, code if isinstance(code, int) else code.value, "Reason Code of DISCONNECT")


globals()[sys.argv[3]]()
print("done", flush=True)
