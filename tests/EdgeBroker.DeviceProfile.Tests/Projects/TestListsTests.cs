using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>The file lists of unit tests are up to date. With EDGEBROKER_UPDATE=1 the test writes them.</summary>
[TestClass]
public class TestListsTests
{
    /// <summary>The test projects that are compiled for a device.</summary>
    public static IEnumerable<object[]> Projects => TestLists.Projects.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ListsHoldTheTestsThatThereAre(string project)
    {
        Dictionary<string, string> expected = TestLists.Expected(Repository.Root, project);
        bool isUpdate = Environment.GetEnvironmentVariable("EDGEBROKER_UPDATE") == "1";
        foreach ((string list, string text) in expected)
        {
            if (isUpdate)
            {
                File.WriteAllText(list, text);
            }

            string actual = File.Exists(list) ? File.ReadAllText(list).ReplaceLineEndings("\n") : string.Empty;
            Assert.AreEqual(text, actual, $"{Repository.Relative(list)} is not up to date: run this test with EDGEBROKER_UPDATE=1.");
        }

        string[] left = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", project), project + "*.projitems")
            .Where(list => !expected.ContainsKey(list) && !list.EndsWith(".Tested.projitems", StringComparison.Ordinal))
            .Select(Repository.Relative).ToArray();
        Assert.IsEmpty(left, "These lists have no files any more, remove them: " + string.Join(", ", left));
    }

    [TestMethod]
    public void EveryTestIsInAListOfItsPart()
    {
        string root = Directory.CreateTempSubdirectory("testlists").FullName;
        try
        {
            string folder = Path.Combine(root, "tests", "EdgeBroker.Tests");
            foreach (string file in new[] { "Common.cs", "One/A.cs", "One/Below/B.cs", "Two/C.cs", "obj/D.cs" })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.WriteAllText(Path.Combine(folder, file), string.Empty);
            }

            Dictionary<string, string> lists = TestLists.Expected(root, "EdgeBroker.Tests");

            Assert.HasCount(3, lists);
            StringAssert.Contains(lists[Path.Combine(folder, "EdgeBroker.Tests.projitems")], "(MSBuildThisFileDirectory)Common.cs");
            StringAssert.Contains(lists[Path.Combine(folder, "EdgeBroker.Tests.One.projitems")], "One\\A.cs");
            StringAssert.Contains(lists[Path.Combine(folder, "EdgeBroker.Tests.One.projitems")], "One\\Below\\B.cs");
            StringAssert.Contains(lists[Path.Combine(folder, "EdgeBroker.Tests.Two.projitems")], "Two\\C.cs");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
