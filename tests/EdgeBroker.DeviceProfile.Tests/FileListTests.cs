using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests;

/// <summary>The comparison of a file list with its folder, on a folder made for it.</summary>
[TestClass]
public class FileListTests
{
    [TestMethod]
    [DataRow("A.cs", "A.cs", "")]
    [DataRow("A.cs Sub/B.cs", "A.cs Sub\\B.cs", "")]
    [DataRow("A.cs B.cs", "A.cs", "add it, or a device builds without it")]
    [DataRow("A.cs", "A.cs B.cs", "which does not exist: remove it")]
    [DataRow("A.cs", "A.cs A.cs", "twice: remove one")]
    [DataRow("A.cs obj/B.cs bin/C.cs", "A.cs", "")]
    public void ListAndFolderAreCompared(string existing, string listed, string message)
    {
        string folder = Directory.CreateTempSubdirectory("filelist").FullName;
        try
        {
            foreach (string file in existing.Split(' '))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.WriteAllText(Path.Combine(folder, file), string.Empty);
            }

            string items = string.Concat(listed.Split(' ').Select(file => $"<Compile Include=\"$(MSBuildThisFileDirectory){file}\" />"));
            string list = Path.Combine(folder, "Sample.projitems");
            File.WriteAllText(list, $"<Project><ItemGroup>{items}</ItemGroup></Project>");

            Finding[] findings = DeviceProject.Read(list).CompareFileList().ToArray();

            Assert.HasCount(message.Length == 0 ? 0 : 1, findings);
            Assert.IsTrue(findings.All(finding => finding.Message.Contains(message, System.StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
