package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Grant;
import dev.postern.approval.HoldRef;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants for a kind of message, on H2, in a file. */
final class H2GrantKindTest extends GrantKindContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Test
  void whatAGatewayFindsInOneAndNotInTheOtherMakesItAnotherMatter() {
    Grant grant = granted(allow(world.held("m0")));
    GatewayReport virus =
        new GatewayReport("edge-1", "quarantine", 9, List.of(new Finding("VIRUS", 9, List.of())));
    world.store().reports().keep(new HoldRef("edge-1", "h1"), virus, world.now);

    assertThat(examined("h1")).isEqualTo(CaseState.ASKING);
    assertThat(examined("h2")).as("nothing reported").isEqualTo(CaseState.DECIDED);
    assertThat(find(grant).used()).isEqualTo(1);
  }

  private CaseState examined(String hold) {
    CaseId id = world.desk.receive(world.hold(hold)).caseId();
    world.desk.examine(id);
    return world.find(id).state();
  }

  @Test
  void earlierVersionsWhichKnowNoKindsDoNotFindItByItsDomain() {
    Grant grant = granted(allow(world.held("m0")));
    Store.Access access = database();
    List<String> found =
        Jdbi.create(Dialect.of(access.url()).complete(access), access.user(), access.password())
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT id FROM grant_ WHERE from_ IN ('evil.example','eve@evil.example')")
                        .mapTo(String.class)
                        .list());

    assertThat(found).isEmpty();
    assertThat(find(grant).terms().from().text()).isEqualTo("evil.example");
  }
}
