using System.Collections.Generic;
using System.Linq;
using EdgeBroker.PowerLoss.Tests;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>What the Clients do, as chance has it: a few things each second.</summary>
    internal sealed class Traffic
    {
        // A few Clients with Sessions that come again and again; others take their turn slowly.
        private const int Regulars = 14;
        private const int RegularEveryS = 150;

        private static readonly string[] s_filters = ["d/0", "d/1", "d/2", "d/3", "d/#", "d/+", "r/#", "w/+", "$share/g/" + Book.Shared];

        private readonly Soak _soak;
        private readonly Prng _prng;
        private readonly List<(int Link, long EndsAt)> _strangers = [];

        internal Traffic(Soak soak)
        {
            _soak = soak;
            _prng = soak.Prng;
            foreach (int index in Enumerable.Range(0, soak.Identities.Count).Where(index => index % 12 == 0))
            {
                soak.Identities[index].IsDurable = true;
            }
        }

        /// <summary>A second begins.</summary>
        internal void Live()
        {
            int actions = 2 + _prng.Below(6);
            for (int i = 0; i < actions; i++)
            {
                Act(_prng.Below(1000));
            }

            EndStrangers(_soak.Lived);
            foreach (Seat seat in _soak.Places.Where(seat => seat.IsUp && (seat.IsSuperseded || seat.Behaviour != Behaviour.Decent)))
            {
                if (_prng.OneIn(40))
                {
                    seat.Reset();
                }
            }
        }

        /// <summary>Nobody does harm any more.</summary>
        internal void End()
        {
            EndStrangers(long.MaxValue);
            foreach (Seat seat in _soak.Places.Where(seat => seat.IsSuperseded || seat.Behaviour != Behaviour.Decent))
            {
                seat.Reset();
            }
        }

        /// <summary>A Client connects, if there is a place to do it from.</summary>
        internal Seat? Connect(Identity identity, bool clean)
        {
            Seat? seat = _soak.Places.FirstOrDefault(seat => seat.IsFree);
            seat?.Open(identity, clean);
            return seat;
        }

        private void Act(int chance)
        {
            Seat? up = AnyUp();
            if (chance < 300 || up == null)
            {
                ConnectAny();
            }
            else if (chance < 650)
            {
                Publish(up, _prng.OneIn(10) ? 20 : 1 + _prng.Below(3));
            }
            else if (chance < 760)
            {
                up.Subscribe(s_filters[_prng.Below(s_filters.Length)], _prng.Below(3));
            }
            else if (chance < 780 && up.Identity.Subscriptions.Count > 0)
            {
                up.Unsubscribe(up.Identity.Subscriptions.Keys.First());
            }
            else if (chance < 860)
            {
                up.Disconnect(_prng.OneIn(6));
            }
            else if (chance < 890)
            {
                up.Reset();
            }
            else
            {
                Harm(up, chance - 890);
            }
        }

        private void Harm(Seat up, int chance)
        {
            switch (chance / 10)
            {
                case 0:
                    up.Become(Behaviour.Vanished);
                    if (_prng.OneIn(2))
                    {
                        Connect(up.Identity, false);
                    }

                    break;
                case 1:
                    up.Become(Behaviour.Deaf);
                    break;
                case 2:
                    up.Become(Behaviour.ByteReader);
                    break;
                case 3:
                    up.Become(_prng.OneIn(2) ? Behaviour.HalfPacket : Behaviour.ByteWriter);
                    break;
                case 4:
                    up.Subscribe("#", 1 + _prng.Below(2));
                    up.Become(Behaviour.Deaf);
                    break;
                case 5:
                    Flood(up);
                    break;
                case 6:
                    _soak.Count("behaviour take-over");
                    Connect(up.Identity, _prng.OneIn(3));
                    break;
                case 7:
                    Strangers(_prng.OneIn(5) ? 30 : 1);
                    break;
                default:
                    if (_prng.OneIn(4))
                    {
                        Storm(_soak.Identities[_prng.Below(_soak.Identities.Count)]);
                    }
                    else
                    {
                        Crowd();
                    }

                    break;
            }
        }

        private Seat? AnyUp()
        {
            List<Seat> up = _soak.Places.Where(seat => seat.IsUp && !seat.IsSuperseded && seat.Behaviour == Behaviour.Decent).ToList();
            return up.Count == 0 ? null : up[_prng.Below(up.Count)];
        }

        private void ConnectAny()
        {
            int count = _soak.Identities.Count;
            int regular = (int)(_soak.Lived / RegularEveryS) + _prng.Below(Regulars);
            Identity identity = _soak.Identities[_prng.OneIn(3) ? regular * 12 % count : _prng.Below(count)];

            // Few do what they are told.
            if (identity.Seat == null && (_soak.NowMs >= identity.RetryAtMs || _prng.OneIn(3)))
            {
                Connect(identity, _prng.OneIn(30));
            }
        }

        private void Publish(Seat seat, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int size = _prng.OneIn(8) ? 300 + _prng.Below(600) : 8 + _prng.Below(120);
                int kind = _prng.Below(10);
                string topic = kind < 7 ? "d/" + _prng.Below(5)
                    : kind < 8 ? Book.Shared
                    : kind < 9 ? "r/" + _prng.Below(80)
                    : "n/" + _prng.Below(100);

                // A 3.1.1 Client can't be told that there is no place for one more, and would try for ever.
                int qos = _prng.Below(3);
                seat.Publish(topic, kind == 8 && seat.Identity.Level != ProtocolLevel.V5 ? 0 : qos, kind == 8, size);
            }
        }

        private void Flood(Seat seat)
        {
            seat.Become(Behaviour.Flooder);
            for (int i = 1; i <= 80; i++)
            {
                seat.Sim.PublishAgain("junk", "", 2, false, false, i, null);
            }
        }

        // Some say nothing, some say half of what they want.
        private void Strangers(int count)
        {
            _soak.Count("behaviour silent");
            for (int i = 0; i < count; i++)
            {
                int link = _soak.Bench.Network.Connect();
                if (link == VirtualNetwork.Refused)
                {
                    return;
                }

                byte[] half = [0x10, 0x20, 0, 4, (byte)'M'];
                _soak.Bench.Network.ClientSend(link, half, 0, _prng.Below(half.Length + 1));
                _strangers.Add((link, _soak.Lived + 1 + _prng.Below(60)));
            }
        }

        private void EndStrangers(long now)
        {
            foreach ((int link, long _) in _strangers.Where(stranger => stranger.EndsAt <= now))
            {
                _soak.Bench.Network.ClientReset(link);
            }

            _strangers.RemoveAll(stranger => stranger.EndsAt <= now);
        }

        // A hundred times a second, without a pause.
        private void Storm(Identity identity)
        {
            _soak.Count("behaviour storm");
            for (int i = 0; i < 100 && identity.Seat == null; i++)
            {
                Seat? seat = Connect(identity, false);
                _soak.Bench.Advance(10);
                seat?.Reset();
                foreach (Seat gone in _soak.Places.Where(one => !one.IsUp))
                {
                    gone.Live();
                }
            }
        }

        private void Crowd()
        {
            _soak.Count("behaviour crowd");
            for (int i = 0; i < _soak.Places.Length; i++)
            {
                ConnectAny();
            }
        }
    }
}
