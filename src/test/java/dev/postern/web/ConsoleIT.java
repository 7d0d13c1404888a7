package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.store.Databases;
import dev.postern.store.World;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The console in a real browser, at the width of a phone and of a desk, under its own CSP. With the
 * system property {@code pictures} set to a folder, each page is also kept as a picture.
 */
class ConsoleIT {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File CHROMEDRIVER = new File("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Running postern;
  private World world;
  private CaseId id;

  @BeforeEach
  void start() {
    boolean browser = CHROMIUM.canExecute() && CHROMEDRIVER.canExecute();
    if (System.getenv("CI") != null) {
      assertThat(browser).as("chromium and chromedriver in CI").isTrue();
    }
    assumeTrue(
        browser, "SKIPPED: no chromium and chromedriver in /usr/bin, the browser is untested");
    People people = new People().and("mara").and("jonas");
    world = new World(Databases.h2(folder), people, ConsoleIT::zone);
    Mailbox.Delivered delivered =
        new Mailbox.Delivered(
            "TEST1", world.now, "", List.of("bo@corp.example"), "Hello", 184_320, "ab".repeat(32));
    postern = new Running(world, people, () -> List.of(delivered));
    world.held("the other one");
    id = world.held("Your account has been limited");
  }

  /** A domain that asks for mail of others in its name to be refused. */
  private static Answer zone(DnsName name, DnsType type, Deadline by) {
    return name.text().equals("_dmarc.evil.example")
        ? Answer.of(List.of("v=DMARC1; p=reject"), 3600, false)
        : Answer.without(Answer.Status.NXDOMAIN, 60);
  }

  @AfterEach
  void stop() {
    if (postern != null) {
      postern.close();
      world.close();
    }
  }

  @ParameterizedTest(name = "{0} x {1}, {2}")
  @CsvSource({
    "320, 640, light",
    "390, 844, light",
    "390, 844, dark",
    "1440, 900, light",
    "1440, 900, dark"
  })
  void aMessageIsReleasedWithOneHandAndNoConsoleMessage(int width, int height, String scheme)
      throws IOException {
    ChromeDriver browser = browser(width, height, scheme);
    try {
      signIn(browser);
      picture(browser, width, scheme, "queue");
      browser.findElement(By.id("open-" + id)).click();
      await(browser, By.id("decide"));
      openFolds(browser);
      noSidewaysScrolling(browser);
      picture(browser, width, scheme, "case");

      vote(browser, "discard", "");
      await(browser, By.id("e-why"));
      picture(browser, width, scheme, "reason-needed");
      vote(browser, "release", "We expect this. Order 3391, the amount is right.");
      await(browser, By.id("said"));
      picture(browser, width, scheme, "releasing");

      world.effects.carryOut(1);
      new WebDriverWait(browser, PATIENCE)
          .ignoring(StaleElementReferenceException.class)
          .until(b -> b.findElement(By.tagName("main")).getText().contains("queued as TEST1"));
      noSidewaysScrolling(browser);
      picture(browser, width, scheme, "released");
      others(browser, width, scheme);
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
          .filteredOn(e -> !e.getMessage().contains("409 (Conflict)"))
          .isEmpty();
    } finally {
      browser.quit();
    }
  }

  private void signIn(ChromeDriver browser) {
    browser.get(postern.at("/login/" + postern.links.mint("mara")).toString());
    browser.findElement(By.cssSelector("form button")).click();
    await(browser, By.id("rows"));
    noSidewaysScrolling(browser);
  }

  private void others(ChromeDriver browser, int width, String scheme) throws IOException {
    for (String page :
        List.of("/mailbox", "/?tab=all", "/?q=nothing+like+this", "/cases/PN-0000-0000")) {
      browser.get(postern.at(page).toString());
      await(browser, By.tagName("h1"));
      if (!page.contains("PN-0000")) {
        noSidewaysScrolling(browser);
      }
      picture(browser, width, scheme, "page" + page.replaceAll("[^a-zA-Z0-9]+", "-"));
    }
    browser.manage().logs().get(LogType.BROWSER); // the 404 above is meant
  }

  private static void vote(ChromeDriver browser, String choice, String reason) {
    WebElement field = browser.findElement(By.name("reason"));
    browser.executeScript("document.querySelector('[name=reason]').required = false");
    field.sendKeys(reason);
    WebElement button = browser.findElement(By.cssSelector("button[value=" + choice + "]"));
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
    new WebDriverWait(browser, PATIENCE).until(ExpectedConditions.stalenessOf(button));
  }

  private static void openFolds(ChromeDriver browser) {
    browser.executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
  }

  private static void await(ChromeDriver browser, By what) {
    new WebDriverWait(browser, PATIENCE).until(ExpectedConditions.presenceOfElementLocated(what));
  }

  private static void noSidewaysScrolling(ChromeDriver browser) {
    Object beyond =
        browser.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(beyond).as("pixels beyond the page at %s", browser.getCurrentUrl()).isEqualTo(0L);
    Object cut =
        browser.executeScript(
            "return [...document.querySelectorAll('.card')]"
                + ".filter(c => c.scrollWidth > c.clientWidth).map(c => c.textContent)");
    assertThat(cut).as("cards that cut their text").isEqualTo(List.of());
  }

  private static void picture(ChromeDriver browser, int width, String scheme, String name)
      throws IOException {
    String pictures = System.getProperty("pictures", "");
    if (!pictures.isEmpty()) {
      Object full = browser.executeScript("return document.documentElement.scrollHeight");
      Map<String, Object> shot =
          browser.executeCdpCommand(
              "Page.captureScreenshot",
              Map.of(
                  "captureBeyondViewport",
                  true,
                  "clip",
                  Map.of("x", 0, "y", 0, "width", width, "height", full, "scale", 1)));
      byte[] png = OutputType.BYTES.convertFromBase64Png(String.valueOf(shot.get("data")));
      Files.write(Path.of(pictures, name + "-" + width + "-" + scheme + ".png"), png);
    }
  }

  private ChromeDriver browser(int width, int height, String scheme) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--user-data-dir=" + folder.resolve("profile"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(CHROMEDRIVER)
            .usingAnyFreePort()
            .build();
    ChromeDriver browser = new ChromeDriver(service, options);
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return browser;
  }
}
