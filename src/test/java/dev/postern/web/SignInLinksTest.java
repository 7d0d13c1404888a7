package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SignInLinksTest {
  private final SignInLinks links = new SignInLinks();

  @Test
  void aCodeHas128BitsAndWorksOnce() {
    String code = links.mint("mara");
    assertThat(code).matches("[A-Za-z0-9_-]{22}");
    assertThat(links.redeem(code)).contains("mara");
    assertThat(links.redeem(code)).isEmpty();
  }

  @Test
  void ofManyWhoUseACodeAtOnceOneGetsIn() throws Exception {
    String code = links.mint("mara");
    List<Callable<Optional<String>>> racers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      racers.add(() -> links.redeem(code));
    }
    int in = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<String>> racer : threads.invokeAll(racers)) {
        in += racer.get().isPresent() ? 1 : 0;
      }
    }
    assertThat(in).isEqualTo(1);
  }

  @Test
  void lookingAtACodeDoesNotUseItUp() {
    String code = links.mint("mara");
    assertThat(links.open(code)).isTrue();
    assertThat(links.open(code)).isTrue();
    assertThat(links.open("x")).isFalse();
  }
}
