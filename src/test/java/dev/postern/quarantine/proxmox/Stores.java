package dev.postern.quarantine.proxmox;

import dev.postern.fake.FakeHttp;
import dev.postern.quarantine.HttpTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Ways to a fake gateway. */
final class Stores {
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private Stores() {}

  static ProxmoxSettings settings(FakeHttp http) {
    return settings(http, FakeProxmox.PASSWORD);
  }

  static ProxmoxSettings settings(FakeHttp http, Duration patience) {
    return settings(http, FakeProxmox.PASSWORD, patience);
  }

  static ProxmoxSettings settings(FakeHttp http, String password) {
    return settings(http, password, PATIENCE);
  }

  private static ProxmoxSettings settings(FakeHttp http, String password, Duration patience) {
    return new ProxmoxSettings(
        "proxmox",
        URI.create(http.origin()),
        FakeProxmox.USER,
        password,
        List.of("spam", "virus", "attachment"),
        Duration.ofDays(30),
        new HttpTrust.Usual(),
        patience,
        1 << 20);
  }
}
