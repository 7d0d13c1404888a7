package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The views of the fake Slack that are open, and the Home tabs of its people. */
final class FakeViews {
  /** Whether the manifest switches the Home tab on. */
  volatile boolean homeTab;

  /** What views were drawn anew as. */
  final BlockingQueue<JsonNode> redrawn = new LinkedBlockingQueue<>();

  private final Map<String, JsonNode> open = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> homes = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  ObjectNode opened(JsonNode view) {
    String id = "V0VIEW" + count.incrementAndGet();
    open.put(id, view);
    ObjectNode opened = view.deepCopy();
    return opened.put("id", id).put("hash", "1795." + id);
  }

  boolean redrawn(String id, JsonNode view) {
    boolean there = open.containsKey(id);
    if (there) {
      open.put(id, view);
      redrawn.add(view);
    }
    return there;
  }

  /** The id of the newest view. */
  String newest() {
    return "V0VIEW" + count.get();
  }

  void published(String user, JsonNode view) {
    homes.put(user, view);
  }

  /** What somebody's Home tab shows. */
  JsonNode home(String user) {
    JsonNode home = homes.get(user);
    if (home == null) {
      throw new AssertionError(user + " has no Home tab");
    }
    return home;
  }

  /** The next view that is drawn anew; waits for one that is on its way. */
  JsonNode next() throws InterruptedException {
    JsonNode view = redrawn.poll(20, TimeUnit.SECONDS);
    if (view == null) {
      throw new AssertionError("no view was drawn anew");
    }
    return view;
  }
}
