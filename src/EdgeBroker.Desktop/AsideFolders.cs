using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using EdgeBroker.Store;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// Where files go that are set aside: the folder set-aside-1 inside of the storage's, then set-aside-2, of which only the latest
    /// stays. Files are moved into a folder of another name first, so that a move that was cut short can be known and finished.
    /// </summary>
    internal sealed class AsideFolders
    {
        private const string Prefix = "set-aside-";
        private const string UnfinishedName = "set-aside.part";

        private readonly string _folder;
        private readonly string _unfinished;

        /// <summary>Makes it for a storage's folder.</summary>
        public AsideFolders(string folder)
        {
            _folder = folder;
            _unfinished = Path.Combine(folder, UnfinishedName);
        }

        /// <summary>Moves files there, all of them, now or with the next <see cref="Finish"/>.</summary>
        public void Move(IEnumerable<int> files)
        {
            Directory.CreateDirectory(_unfinished);
            FileCalls.FlushFolder(_folder);
            foreach (int file in files)
            {
                string name = FileNames.NameOf(file);
                FileCalls.Replace(Path.Combine(_folder, name), Path.Combine(_unfinished, name));
            }

            FileCalls.FlushFolder(_unfinished);
            FileCalls.FlushFolder(_folder);
            Complete();
        }

        /// <summary>Goes on with a move that was cut short, if one was.</summary>
        public void Finish()
        {
            if (!Directory.Exists(_unfinished))
            {
                return;
            }

            List<int> files = new List<int>();
            foreach (string path in Directory.EnumerateFiles(_folder))
            {
                int file = FileNames.NumberOf(Path.GetFileName(path));
                if (file != FileNames.None)
                {
                    files.Add(file);
                }
            }

            Move(files);
        }

        // The name of the folder says that all is in it; what was set aside before goes after that.
        private void Complete()
        {
            int last = 0;
            List<string> earlier = new List<string>();
            foreach (string path in Directory.EnumerateDirectories(_folder, Prefix + "*"))
            {
                string digits = Path.GetFileName(path)[Prefix.Length..];
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    last = number > last ? number : last;
                    earlier.Add(path);
                }
            }

            string next = (last + 1).ToString(CultureInfo.InvariantCulture);
            Directory.Move(_unfinished, Path.Combine(_folder, Prefix + next));
            FileCalls.FlushFolder(_folder);
            foreach (string path in earlier)
            {
                DeleteIfPossible(path);
            }
        }

        private static void DeleteIfPossible(string path)
        {
            try
            {
                Directory.Delete(path, true);
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                // Somebody looks at it: it goes the next time.
            }
        }
    }
}
