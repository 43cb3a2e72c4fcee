using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Authorizing
{
    /// <summary>
    /// Knows the user "user" with the password "pass", and the method "script", whose data is the answer to give:
    /// "go on", "welcome", or anything else for no.
    /// </summary>
    internal sealed class ScriptedAuthenticator : IAuthenticator
    {
        /// <summary>The code for a wrong password.</summary>
        public int Refusal = ReasonCode.BadUserNameOrPassword;

        /// <summary>The steps as "code:data", with a space between.</summary>
        public string Steps = "";

        /// <inheritdoc/>
        public int Authenticate(ConnectPacket connect)
        {
            string user = connect.HasUserName ? Bytes.Show(connect.Buffer, connect.UserNameOffset, connect.UserNameLength) : "";
            string password = connect.HasPassword ? Bytes.Show(connect.Buffer, connect.PasswordOffset, connect.PasswordLength) : "";
            return user == "user" && password == "pass" ? ReasonCode.Success : Refusal;
        }

        /// <inheritdoc/>
        public int Continue(int handle, int reasonCode, byte[] method, byte[] buffer, int offset, int count, out byte[] response)
        {
            response = null;
            if (Bytes.Show(method, 0, method.Length) != "script")
            {
                return ReasonCode.BadAuthenticationMethod;
            }

            string data = Bytes.Show(buffer, offset, count);
            Steps += (Steps.Length == 0 ? "" : " ") + Bytes.Hex(reasonCode) + ":" + data;
            if (data == "go on")
            {
                response = Bytes.OfText("challenge");
                return ReasonCode.ContinueAuthentication;
            }

            if (data == "welcome")
            {
                response = Bytes.OfText("proof");
                return ReasonCode.Success;
            }

            return ReasonCode.NotAuthorized;
        }
    }
}
