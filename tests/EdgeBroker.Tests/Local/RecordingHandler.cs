using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Local
{
    /// <summary>Writes down what an in-process client gets, and may do something in the middle of it.</summary>
    internal sealed class RecordingHandler : IMessageHandler
    {
        /// <summary>"topic 'payload' qN retain" each, with "; " between.</summary>
        public string Log = "";

        /// <summary>The client to act with, or null.</summary>
        public LocalClient Client;

        /// <summary>What to do when a message comes: publish, subscribe, unsubscribe, close; empty for nothing.</summary>
        public string Action = "";

        /// <inheritdoc/>
        public void OnMessage(
            byte[] buffer, int topicOffset, int topicLength, int payloadOffset, int payloadLength, int qos, bool retain)
        {
            Log += (Log.Length == 0 ? "" : "; ") + Bytes.Show(buffer, topicOffset, topicLength) + " '"
                + Bytes.Show(buffer, payloadOffset, payloadLength) + "' q" + qos + (retain ? " retain" : "");
            string action = Action;
            Action = "";
            switch (action)
            {
                case "publish":
                    Client.Publish("reply/" + Bytes.Show(buffer, topicOffset, topicLength), Bytes.OfText("r"), 1, false);
                    break;
                case "publish to self":
                    Client.Publish("in/again", Bytes.OfText(new string('y', 30)), 1, false);
                    break;
                case "subscribe":
                    Client.Subscribe("kept/#", 1);
                    break;
                case "unsubscribe":
                    Client.Unsubscribe("in/#");
                    break;
                case "close":
                    Client.Close();
                    break;
                default:
                    break;
            }
        }
    }
}
