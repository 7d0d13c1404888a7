package dev.postern.app;

import dev.postern.fake.FakeHttp;
import dev.postern.quarantine.proxmox.FakeProxmox;
import java.time.Instant;
import java.util.List;

/** Behind Proxmox Mail Gateway (docs/mail/proxmox.md). */
class ProxmoxIT extends RemoteFollowContract {
  private final FakeProxmox proxmox;

  ProxmoxIT() {
    FakeProxmox service = new FakeProxmox();
    this.proxmox = service;
    super(
        new FakeHttp(service),
        new Gateway(
            "Proxmox",
            new Place("proxmox.md", "https://pmg.firm.example:8006"),
            new Place("proxmox-password", FakeProxmox.PASSWORD),
            "POST quarantine/content",
            "URIBL_BLACK",
            List.of(FakeProxmox.PASSWORD, "PMGAuthCookie", "si+g")));
  }

  @Override
  String held(String receiver) {
    return proxmox.hold(
        "spam",
        "ben@partner.example",
        receiver,
        Instant.now().minusSeconds(300),
        FakeProxmox.message("for " + receiver));
  }

  @Override
  void delete(String id) {
    proxmox.delete(id);
  }

  @Override
  List<String> delivered() {
    return proxmox.delivered();
  }
}
