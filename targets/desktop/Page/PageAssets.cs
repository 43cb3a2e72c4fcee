using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Text;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>The files of the page, which are inside of the program.</summary>
    internal sealed class PageAssets
    {
        private const string Prefix = "web/";
        private const string TokenPlace = "{{token}}";

        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

        /// <summary>Loads the files.</summary>
        /// <param name="token">What to write into the page; see <see cref="PageGuard"/>.</param>
        internal PageAssets(string token)
        {
            Assembly assembly = typeof(PageAssets).Assembly;
            foreach (string name in assembly.GetManifestResourceNames())
            {
                string path = name.Replace('\\', '/');
                if (path.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    using StreamReader reader = new(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                    string text = reader.ReadToEnd().Replace(TokenPlace, token, StringComparison.Ordinal);
                    _files["/" + path[Prefix.Length..]] = Encoding.UTF8.GetBytes(text);
                }
            }

            _files["/"] = _files["/index.html"];
        }

        /// <summary>The file at a path, or null.</summary>
        internal byte[]? Find(string path)
        {
            return _files.GetValueOrDefault(path);
        }

        /// <summary>The Content-Type of a path.</summary>
        internal static string TypeOf(string path)
        {
            return Path.GetExtension(path) switch
            {
                ".js" => "text/javascript; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "text/html; charset=utf-8",
            };
        }
    }
}
