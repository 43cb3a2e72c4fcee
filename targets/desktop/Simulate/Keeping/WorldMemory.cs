using System;
using System.Collections.Generic;
using System.Text.Json;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>What devices and checkers know at a moment, as it is kept between runs.</summary>
    internal sealed record WorldMemory
    {
        /// <summary>Virtual time, in milliseconds since the gateway was new.</summary>
        public required long TimeMs { get; init; }

        /// <summary>The number of the next message.</summary>
        public required long NextNumber { get; init; }

        /// <summary>How much has happened so far.</summary>
        public required long Order { get; init; }

        /// <summary>Drops that the broker reported and that were not missed yet.</summary>
        public required long DropsLeft { get; init; }

        /// <summary>What the mode of that run may lose by a power cut: a time in milliseconds.</summary>
        public required long LossWindowMs { get; init; }

        /// <summary>The retained messages that were acknowledged last.</summary>
        public required IReadOnlyList<RetainedMemory> Retained { get; init; }

        /// <summary>The devices.</summary>
        public required IReadOnlyList<DeviceMemory> Devices { get; init; }

        /// <summary>Reads it.</summary>
        /// <exception cref="FormatException">It is none.</exception>
        internal static WorldMemory Parse(byte[] bytes)
        {
            try
            {
                return JsonSerializer.Deserialize(bytes, MemoryJson.Default.WorldMemory)
                    ?? throw new FormatException("devices.json is empty: name another folder");
            }
            catch (JsonException exception)
            {
                throw new FormatException("devices.json can't be read: " + exception.Message, exception);
            }
        }

        /// <summary>Writes it.</summary>
        internal byte[] ToBytes()
        {
            return JsonSerializer.SerializeToUtf8Bytes(this, MemoryJson.Default.WorldMemory);
        }
    }
}
