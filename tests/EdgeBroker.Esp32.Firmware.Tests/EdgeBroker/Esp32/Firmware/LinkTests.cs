using EdgeBroker.Esp32.Links;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Esp32.Firmware;

/// <summary>How the device comes into a network, on a model of the firmware.</summary>
[TestClass]
public class LinkTests
{
    private readonly Board _board = new();
    private readonly Log _log = new();

    [TestMethod]
    public void ANewBoardMakesANetworkAfterOneReboot()
    {
        OpenAfterReboot(MakeAccessPoint());
        Assert.IsTrue(_board.IsAccessPointStarted);
        Assert.IsFalse(_board.IsStationStarted);
        Assert.AreEqual("access point Own, password own secret, address 192.168.4.1", _log.Take());
        Assert.IsTrue(MakeAccessPoint().Open(), "nothing to change");
    }

    [TestMethod]
    public void AddressesThatCannotBeGivenAreSaidOnce()
    {
        OpenAfterReboot(MakeAccessPoint());
        AccessPointLink link = MakeAccessPoint();
        Assert.IsTrue(link.Open());
        _log.Take();

        // This machine does not have the address of the board.
        Assert.IsFalse(link.Poll(0));
        StringAssert.StartsWith(_log.Take(), "no addresses can be given: ");
        Assert.IsFalse(link.Poll(250));
        Assert.AreEqual("", _log.Take());
    }

    [TestMethod]
    public void ANewBoardJoinsWithoutAReboot()
    {
        Assert.IsTrue(MakeStation().Open());
        Assert.IsTrue(_board.IsJoined);
        Assert.AreEqual("joined home as 192.168.1.7", _log.Take());
    }

    [TestMethod]
    public void ABoardThatMadeANetworkJoinsOneLater()
    {
        OpenAfterReboot(MakeAccessPoint());
        OpenAfterReboot(MakeStation());
        Assert.IsTrue(_board.IsJoined);
        Assert.IsFalse(_board.IsAccessPointStarted);
        _board.Reboot();
        Assert.IsTrue(MakeStation().Open(), "nothing to change");
        OpenAfterReboot(MakeAccessPoint());
        Assert.IsTrue(_board.IsAccessPointStarted);
        Assert.IsFalse(_board.IsStationStarted);
    }

    [TestMethod]
    public void AnotherNameOrPasswordTakesAReboot()
    {
        OpenAfterReboot(MakeAccessPoint());
        OpenAfterReboot(new AccessPointLink("Own", "another secret", _log));
        OpenAfterReboot(new AccessPointLink("Other", "another secret", _log));
        Assert.AreEqual("Other", _board.AccessPoint.Ssid);
        Assert.AreEqual(10, _board.AccessPoint.MaxConnections);
    }

    [TestMethod]
    public void ANetworkThatIsLostForADayTakesNoMemoryAndIsJoinedAgain()
    {
        StationLink link = MakeStation();
        Assert.IsTrue(link.Open());
        Assert.AreEqual(1, _board.AdapterCount);
        int joins = _board.JoinCount;
        _log.Take();
        _board.IsInReach = false;
        _board.IsJoined = false;
        long nowMs = 0;
        for (; nowMs < 86400000; nowMs += link.PollMs)
        {
            Assert.IsFalse(link.Poll(nowMs));
        }

        Assert.AreEqual("Wi-Fi is lost", _log.Take());
        Assert.AreEqual(1, _board.AdapterCount);
        Assert.IsLessThan(32, _board.JoinCount - joins, "the firmware loses memory each time");
        _board.IsInReach = true;
        bool isBack = false;
        for (long endMs = nowMs + 3600000; nowMs <= endMs; nowMs += link.PollMs)
        {
            isBack |= link.Poll(nowMs);
        }

        Assert.IsTrue(isBack);
        Assert.AreEqual("Wi-Fi is back, as 192.168.1.7", _log.Take());
        _board.IsJoined = false;
        Assert.IsFalse(link.Poll(nowMs));
        Assert.IsFalse(link.Poll(nowMs + 60000));
        Assert.IsTrue(link.Poll(nowMs + 65000), "joined anew after a minute");
    }

    private AccessPointLink MakeAccessPoint() => new("Own", "own secret", _log);

    private StationLink MakeStation() => new(Board.Ssid, Board.Password, _log);

    private void OpenAfterReboot(INetworkLink link)
    {
        Assert.IsFalse(link.Open());
        _board.Reboot();
        _log.Take();
        Assert.IsTrue(link.Open());
    }
}
