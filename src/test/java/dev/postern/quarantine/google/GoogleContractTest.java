package dev.postern.quarantine.google;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.nio.file.Path;
import java.util.List;

/** The admin quarantine of Google Workspace keeps to it, as far as its documents go. */
class GoogleContractTest extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new OfGoogle(new AWorkspace());
  }

  private record OfGoogle(AWorkspace workspace) implements HoldingSystem {
    @Override
    public Holdings holdings() {
      return workspace.holdings();
    }

    @Override
    public Quarantine quarantine() {
      return workspace.quarantine();
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) {
      String raw = AWorkspace.MESSAGE.replaceFirst("<billing@shop.test>", "<" + sender + ">");
      return recipients.stream()
          .map(one -> workspace.google.hold(one, raw, workspace.now.minusSeconds(300)))
          .map(AWorkspace::ref)
          .toList()
          .getFirst();
    }

    @Override
    public long reached(String recipient) {
      return workspace.google.delivered.stream().filter(recipient::equals).count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      workspace.google.messages.remove(hold.id());
    }

    @Override
    public void away() {
      for (String errand : List.of(FakeGoogle.SEARCH, FakeGoogle.GET, FakeGoogle.RELEASE)) {
        workspace.google.http.always(errand, Mishap.SERVER_ERROR);
      }
    }

    @Override
    public void back() {
      for (String errand : List.of(FakeGoogle.SEARCH, FakeGoogle.GET, FakeGoogle.RELEASE)) {
        workspace.google.http.mend(errand);
      }
    }

    @Override
    public void close() {
      workspace.close();
    }
  }
}
