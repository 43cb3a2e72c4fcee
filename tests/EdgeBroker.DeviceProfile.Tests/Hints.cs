using System;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>What to use instead of what a device does not have.</summary>
public static class Hints
{
    // The first entry that the id begins with, after its kind and colon, counts: the special before the general.
    private static readonly (string Prefix, string Hint)[] s_hints =
    [
        ("System.Collections.Generic", "use an array, or ArrayList, Queue, Stack or Hashtable"),
        ("System.Collections.Concurrent", "use an array under lock"),
        ("System.Linq", "write the loop"),
        ("System.Span", "use byte[] buffer, int offset, int count"),
        ("System.ReadOnlySpan", "use byte[] buffer, int offset, int count"),
        ("System.Memory", "use byte[] buffer, int offset, int count"),
        ("System.ReadOnlyMemory", "use byte[] buffer, int offset, int count"),
        ("System.ArraySegment", "use byte[] buffer, int offset, int count"),
        ("System.Index", "use an int"),
        ("System.Range", "use an offset and a count"),
        ("System.Buffers.Binary.BinaryPrimitives", "shift the bytes, or use BitConverter"),
        ("System.Buffers", "take the array in a constructor and keep it"),
        ("System.Buffer.", "use Array.Copy"),
        ("System.Buffer", "use Array.Copy"),
        ("System.Array.Resize", "take the largest size in the constructor, or Array.Copy into a new array"),
        ("System.Array.Reverse", "write the loop"),
        ("System.Array.Sort", "write the loop"),
        ("System.Array.Fill", "write the loop, or Array.Clear for zeroes"),
        ("System.Array.Empty", "use new byte[0] in a static of your own"),
        ("System.Array.Clear(System.Array)", "use Array.Clear(array, 0, array.Length)"),
        ("System.Array.Exists", "write the loop"),
        ("System.Array.Find", "write the loop"),
        ("System.Array", "write the loop"),
        ("System.String.Replace", "write a loop over the characters, or a StringBuilder"),
        ("System.String.Join", "use a StringBuilder"),
        ("System.String.IsNullOrWhiteSpace", "use string.IsNullOrEmpty(text.Trim())"),
        ("System.String.Contains(System.Char", "use IndexOf(c) >= 0"),
        ("System.String.StartsWith(System.Char", "compare text[0]"),
        ("System.String.Pad", "give the character to pad with as well"),
        ("System.String.CompareOrdinal", "use string.Compare"),
        ("System.String.Compare", "use string.Compare(a, b)"),
        ("System.String.Format(System.IFormatProvider", "leave the provider out"),
        ("System.StringComparison", "use ==, or string.Compare(a, b)"),
        ("System.Char.", "compare with the characters' codes"),
        ("System.Decimal", "use long in the smallest unit"),
        ("System.Half", "use float"),
        ("System.OverflowException", "compare before computing; a device never throws it"),
        ("System.DivideByZeroException", "test the divisor first; a device throws a plain Exception"),
        ("System.Threading.Monitor.Wait", "use an AutoResetEvent"),
        ("System.Threading.Monitor.Pulse", "use an AutoResetEvent"),
        ("System.Threading.Monitor.TryEnter", "use lock"),
        ("System.Threading.Interlocked", "use Interlocked.Increment, Decrement, Exchange or CompareExchange on int, or lock"),
        ("System.Threading.Tasks", "use a Thread of your own"),
        ("System.Threading.Volatile", "use Interlocked or lock"),
        ("System.Threading.ReaderWriterLock", "use lock"),
        ("System.Threading.Semaphore", "use an AutoResetEvent"),
        ("System.Environment.TickCount64", "take time from IClock"),
        ("System.Environment.NewLine", "write \"\\r\\n\""),
        ("System.Environment", "take it by constructor"),
        ("System.Net.Sockets.Socket.Select", "use Socket.Poll(0, mode)"),
        ("System.Net.Sockets.Socket.set_Blocking", "use Socket.Poll(0, mode) first"),
        ("System.Net.Sockets.Socket.Blocking", "use Socket.Poll(0, mode) first"),
        ("System.Net.Sockets.Socket.Shutdown", "use Socket.Close"),
        ("System.Net.Sockets.Socket.Dispose", "use Socket.Close"),
        ("System.Net.Sockets.Socket.NoDelay", "use SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true)"),
        ("System.Net.Sockets.Socket.set_NoDelay", "use SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true)"),
        ("System.Net.Sockets.SocketException.SocketErrorCode", "go by what was called"),
        ("System.Net.Sockets.SocketException.get_SocketErrorCode", "go by what was called"),
        ("System.Net.Sockets.Tcp", "use a Socket"),
        ("System.Net.Sockets.UdpClient", "use a Socket"),
        ("System.IO.File.ReadAll", "open a FileStream and read"),
        ("System.IO.File.WriteAll", "open a FileStream and write"),
        ("System.IO.FileStream.Flush(System.Boolean)", "close the file: only that makes it durable on a device"),
        ("System.Lazy", "create it in the constructor"),
        ("System.Random", "use an integer generator of your own"),
        ("System.Enum", "write a switch"),
        ("System.HashCode", "combine with ^ and *"),
    ];

    /// <summary>A sentence part for a documentation id such as "M:System.String.Replace(…)".</summary>
    public static string For(string id)
    {
        string name = id.Length > 2 && id[1] == ':' ? id[2..] : id;
        foreach ((string prefix, string hint) in s_hints)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return hint;
            }
        }

        return "use what the lists in the folder api offer";
    }
}
