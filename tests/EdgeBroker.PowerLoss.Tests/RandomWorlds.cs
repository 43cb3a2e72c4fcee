using EdgeBroker.Limits;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Scenarios that follow from a seed.</summary>
    internal static class RandomWorlds
    {
        /// <summary>Short ones for a cut at each operation, and long ones for cuts at random.</summary>
        internal static readonly Scenario[] All =
        [
            new("world", seed => Draw(seed, StoreMode.Safe), world => Live(world, 30)),
            new("long", seed => Draw(seed, StoreMode.Safe), world => Live(world, 500)),
            new("relaxed-world", seed => Draw(seed, StoreMode.Relaxed), world => Live(world, 30)),
            new("relaxed-long", seed => Draw(seed, StoreMode.Relaxed), world => Live(world, 500)),
            new("failing-long", Failing, world => Live(world, 500)),
            new("deaf-world", Deaf, world => Live(world, 30)),
            new("deaf-long", Deaf, world => Live(world, 500)),
            new("crowded-world", Crowded, world => Live(world, 30)),
            new("crowded-long", Crowded, world => Live(world, 500)),
            new("worst-long", Worst, world => Live(world, 500)),
        ];

        private static Settings Draw(int seed, int mode)
        {
            Prng prng = new(seed + 1000);
            int count = 3 + prng.Below(4);
            Settings settings = new()
            {
                Levels = new int[count],
                ExpiriesS = new long[count],
                Mode = mode,
                RestMs = mode == StoreMode.Safe ? 45000 : 12000,
                StoreBytesMax = prng.OneIn(3) ? 24576 : 65536,
                RetainedCommitMs = prng.OneIn(3) ? 0 : 10000,
                WillBootGraceS = prng.OneIn(2) ? 30 : 3,
            };
            settings.MayRefuse = settings.StoreBytesMax < 65536;
            for (int i = 0; i < count; i++)
            {
                settings.Levels[i] = prng.OneIn(2) ? 4 : 5;
                settings.ExpiriesS[i] = prng.OneIn(5) ? 0 : settings.Levels[i] == 5 && prng.OneIn(4) ? 60 : 100000;
            }

            return settings;
        }

        private static Settings Failing(int seed)
        {
            Settings settings = Draw(seed, StoreMode.Safe);
            settings.MayRefuse = true;
            settings.WriteFailRate = 1500;
            return settings;
        }

        private static Settings Deaf(int seed)
        {
            Settings settings = Draw(seed, StoreMode.Safe);
            settings.HasDeaf = true;
            return settings;
        }

        // A store that fills up, and in some worlds the queue of one Session before.
        private static Settings Crowded(int seed)
        {
            Prng prng = new(seed + 2000);
            Settings settings = Draw(seed, StoreMode.Safe);
            settings.IsCrowded = true;
            settings.MayRefuse = true;
            settings.StoreBytesMax = prng.OneIn(2) ? 24576 : 32768;
            settings.SessionQueueBytesMax = prng.OneIn(3) ? 2000 : 100000;
            settings.QueueFull = prng.Below(QueueFullPolicy.EndSession + 1);
            settings.PatienceS = prng.Below(4);
            return settings;
        }

        // All at once.
        private static Settings Worst(int seed)
        {
            Settings settings = Crowded(seed);
            settings.HasDeaf = true;
            settings.WriteFailRate = seed % 2 == 0 ? 0 : 800;
            return settings;
        }

        private static void Live(World world, int steps)
        {
            Prng prng = world.Prng;
            foreach (Peer peer in world.Peers)
            {
                peer.ReturnsAtOnce = !prng.OneIn(3);
                peer.ReceiveMaximum = 1 + prng.Below(9);
                peer.IdentifiersMax = world.Settings.Mode == StoreMode.Relaxed ? 60000 : 2 + prng.Below(4);
            }

            int sleepSteps = 5 + (steps / 20);

            world.Do(peers =>
            {
                foreach (Peer peer in peers)
                {
                    peer.Connect(willDelayS: WillDelay(world, peer));
                }
            });
            if (world.Settings.IsCrowded)
            {
                Crowd(world);
            }

            for (int step = 0; step < steps && world.Ledger.Failure == null; step++)
            {
                world.Do(peers =>
                {
                    for (int i = 1 + prng.Below(4); i > 0; i--)
                    {
                        Act(world, peers[prng.Below(peers.Length)]);
                    }

                    if (world.Settings.HasDeaf && prng.OneIn(5))
                    {
                        Peer peer = peers[prng.Below(peers.Length)];
                        peer.Reads = !peer.Reads || !peer.IsConnected;
                    }

                    if (world.Settings.IsCrowded)
                    {
                        Push(peers, prng, peers[step / sleepSteps % peers.Length]);
                    }
                });
                if (prng.OneIn(3))
                {
                    world.Advance(prng.OneIn(8) ? prng.Below(15000) : prng.Below(500));
                }
            }
        }

        // Everybody wants the same.
        private static void Crowd(World world)
        {
            foreach (Peer peer in world.Peers)
            {
                peer.IdentifiersMax = 8;
                world.Do(_ => peer.Subscribe("a", 2));
                world.Do(_ => peer.Subscribe("c/#", 3));
            }
        }

        // One is away, and the others go on.
        private static void Push(Peer[] peers, Prng prng, Peer sleeper)
        {
            sleeper.Disconnect();
            Peer publisher = peers[prng.Below(peers.Length)];
            if (publisher == sleeper)
            {
                return;
            }

            for (int i = prng.Below(5); i > 0; i--)
            {
                publisher.Publish(prng.OneIn(2) ? "a" : "c/d", 1 + prng.Below(2), false, 100 + prng.Below(250));
            }
        }

        // A Will of a Session that the broker may end is due at a moment that nobody can tell.
        private static int WillDelay(World world, Peer peer)
        {
            bool hasWill = world.Settings.Mode == StoreMode.Safe && !world.Settings.MayEndSessions && peer.ExpiryS != 60
                && world.Prng.OneIn(3);
            return !hasWill ? -1 : world.Prng.OneIn(2) ? 0 : world.Prng.Below(8);
        }

        private static void Act(World world, Peer peer)
        {
            Prng prng = world.Prng;
            if (!peer.IsConnected)
            {
                if (prng.OneIn(2))
                {
                    peer.Connect(clean: prng.OneIn(12), willDelayS: WillDelay(world, peer));
                }

                return;
            }

            int action = prng.Below(20);
            if (action < 8)
            {
                peer.Publish(Topics.Names[prng.Below(Topics.Names.Length)], prng.Below(3), false, prng.OneIn(6) ? 200 : prng.Below(20));
            }
            else if (action < 10)
            {
                peer.Publish(Topics.Retained + peer.Index, prng.Below(3), true, prng.OneIn(4) ? -1 : prng.Below(30));
            }
            else if (action < 14)
            {
                string filter = Topics.Filters[prng.Below(Topics.Filters.Length)];
                if (prng.OneIn(4))
                {
                    peer.Unsubscribe(filter);
                }
                else
                {
                    peer.Subscribe(filter, 2 + prng.Below(8));
                }
            }
            else if (action < 17)
            {
                peer.Acknowledge(1 + prng.Below(3));
                peer.AutoAck = prng.OneIn(2);
            }
            else if (action == 17)
            {
                peer.Drop(prng.OneIn(2));
            }
            else if (action == 18)
            {
                peer.Disconnect(prng.OneIn(4), prng.OneIn(3) && peer.ExpiryS == 60 ? prng.Below(3) * 30 : -1);
            }
            else if (prng.OneIn(3))
            {
                peer.Connect(clean: prng.OneIn(8), willDelayS: WillDelay(world, peer));
            }
        }
    }
}
