package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** What the operator does with mail that a mail system holds. */
record HeldCases(Child postern) {

  /** The case of a held message, once people are asked. */
  String of(String holdId) throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + holdId, "\"state\":\"ASKING\"");
    return Child.values(found, "id").getFirst();
  }

  void vote(String id, String choice) throws IOException, InterruptedException {
    vote(id, choice, false);
  }

  void voteForLaterToo(String id, String choice) throws IOException, InterruptedException {
    vote(id, choice, true);
  }

  private void vote(String id, String choice, boolean later)
      throws IOException, InterruptedException {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    String vote =
        "{\"choice\":\"%s\",\"token\":\"%s\",\"reason\":\"ok\",\"later\":%s}"
            .formatted(choice, token, later);
    assertThat(postern.post("/v1/cases/" + id + "/votes", vote).statusCode()).isEqualTo(200);
  }

  /** The case once it is done. */
  String done(String holdId) throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + holdId, "\"state\":\"DONE\"");
    return postern.get("/v1/cases/" + Child.values(found, "id").getFirst()).body();
  }
}
