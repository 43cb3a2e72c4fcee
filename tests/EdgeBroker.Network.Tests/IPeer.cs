using System;

namespace EdgeBroker.Network.Tests
{
    /// <summary>A Client's end of a Network Connection, over whatever network is under test.</summary>
    internal interface IPeer : IDisposable
    {
        /// <summary>Sends all bytes.</summary>
        void Send(byte[] data);

        /// <summary>Receives exactly as many bytes; fewer at the end of the stream, or if none come.</summary>
        byte[] Receive(int count);

        /// <summary>Whether the broker's stream ends here, in order: no byte is left.</summary>
        bool IsAtEnd();

        /// <summary>Ends the outgoing stream.</summary>
        void CloseSend();

        /// <summary>Closes in order.</summary>
        void Close();

        /// <summary>Breaks the connection.</summary>
        void Reset();
    }
}
