package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.People;
import dev.postern.approval.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A desk on a store of its own for each test. */
abstract class OnAWorld {
  /** Anna is a recipient of each message. */
  final People people = new People().and("kim").and("noor").and("anna");

  World world;

  abstract Store.Access database();

  @BeforeEach
  void open() {
    world = new World(database(), people, Dnses.NOTHING);
  }

  @AfterEach
  void close() {
    world.close();
  }

  static void assertRefused(Answer answer, Refusal why) {
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    assertThat(((Answer.Refused) answer).why()).isEqualTo(why);
  }

  /** Runs the same thing on as many threads at once, with their number. */
  interface Numbered<T> {
    T run(int number) throws Exception;
  }

  static <T> List<T> atOnce(int threads, Numbered<T> work) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(pool.submit(() -> work.run(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
