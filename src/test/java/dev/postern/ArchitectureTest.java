package dev.postern;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table of rooms in the design, exactly: app → rim → core, and no rim room sees another. Rooms
 * that do not exist yet hold to the table by being absent. Generated page classes live in a package
 * of jte's own and are no room.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.postern.";

  /** Core rooms, and which other rooms each may import. */
  private static final Map<String, List<String>> CORE =
      Map.of(
          "mail", List.of(),
          "evidence", List.of("mail"),
          "policy", List.of("mail", "evidence"),
          "approval", List.of("mail", "evidence", "policy", "audit"),
          "card", List.of("mail", "evidence", "policy", "approval"),
          "audit", List.of(),
          "report", List.of("mail", "evidence"));

  /** Rim rooms: each may import every core room, and nothing else of ours. */
  private static final List<String> RIM =
      List.of("dns", "intake", "quarantine", "slack", "teams", "web", "store");

  /** What the core must not know: how things are stored, sent and shown. */
  private static final String[] OUTSIDE_WORLD = {
    "java.sql..",
    "javax.sql..",
    "javax.naming..",
    "java.net.http..",
    "jakarta.servlet..",
    "io.javalin..",
    "org.eclipse.jetty..",
    "com.slack..",
    "com.microsoft..",
    "com.nimbusds..",
    "okhttp3..",
    "org.java_websocket..",
    "org.jdbi..",
    "org.flywaydb..",
    "org.h2..",
    "org.postgresql..",
    "com.zaxxer..",
    "com.github.kagkarlsson..",
    "org.subethamail..",
    "gg.jte..",
    "com.typesafe..",
    "picocli..",
    "io.micrometer..",
    "ch.qos.logback.."
  };

  private static final JavaClasses POSTERN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.postern");

  private static String[] packagesOf(List<String> rooms) {
    return rooms.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String room) {
    return ROOT + room + "..";
  }

  private static String[] core() {
    return packagesOf(List.copyOf(CORE.keySet()));
  }

  private static void hold(ArchRule rule) {
    EvaluationResult result = rule.allowEmptyShould(true).evaluate(POSTERN);
    assertThat(result.getFailureReport().getDetails()).as(rule.getDescription()).isEmpty();
  }

  /** An empty import would let every rule below pass. */
  @Test
  void theClassesWereRead() {
    assertThat(POSTERN.stream().map(JavaClass::getName))
        .contains(
            "dev.postern.mail.RawMessage",
            "dev.postern.evidence.Evidence",
            "dev.postern.policy.Ruling",
            "dev.postern.approval.Desk",
            "dev.postern.card.CardView",
            "dev.postern.audit.Merkle",
            "dev.postern.web.Mailbox",
            "dev.postern.app.Postern");
  }

  @Test
  void everyClassIsInARoom() {
    List<String> rooms = new ArrayList<>(CORE.keySet());
    rooms.addAll(RIM);
    rooms.add("app");
    hold(classes().should().resideInAnyPackage(packagesOf(rooms)));
  }

  @TestFactory
  Stream<DynamicTest> aCoreRoomImportsOnlyTheRoomsInItsRow() {
    return CORE.entrySet().stream().map(row -> mayImport(row.getKey(), row.getValue()));
  }

  @TestFactory
  Stream<DynamicTest> aRimRoomImportsCoreRoomsOnly() {
    return RIM.stream().map(room -> mayImport(room, List.copyOf(CORE.keySet())));
  }

  private static DynamicTest mayImport(String room, List<String> others) {
    List<String> allowed = new ArrayList<>(others);
    allowed.add(room);
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("dev.postern..").and(resideOutsideOfPackages(packagesOf(allowed)));
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(packageOf(room))
            .should()
            .dependOnClassesThat(foreign)
            .as(room + " imports only " + others);
    return DynamicTest.dynamicTest(room, () -> hold(rule));
  }

  @Test
  void auditNeedsNothingButTheJdk() {
    hold(
        classes()
            .that()
            .resideInAPackage("dev.postern.audit..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "dev.postern.audit..", "java..", "javax.crypto..", "org.jspecify..")));
  }

  @Test
  void mailNeedsNothingButTheJdkAndMime4j() {
    hold(
        classes()
            .that()
            .resideInAPackage("dev.postern.mail..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "dev.postern.mail..",
                    "java..",
                    "org.apache.james.mime4j..",
                    "org.jspecify..")));
  }

  @Test
  void theCoreKnowsNoDatabaseNoHttpAndNoPlatform() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(core())
            .should()
            .dependOnClassesThat(resideInAnyPackage(OUTSIDE_WORLD)));
  }

  @Test
  void theCoreOpensNoFileAndNoSocket() {
    DescribedPredicate<JavaClass> doors =
        DescribedPredicate.describe(
            "files, channels and sockets",
            type ->
                type.getPackageName().startsWith("java.nio.channels")
                    || List.of(
                            "java.io.File",
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.nio.file.Files",
                            "java.net.Socket",
                            "java.net.ServerSocket",
                            "java.net.DatagramSocket",
                            "java.net.URLConnection")
                        .contains(type.getName()));
    hold(noClasses().that().resideInAnyPackage(core()).should().dependOnClassesThat(doors));
  }

  @Test
  void theCoreReadsNoClockNoEnvironmentAndNoRandomSource() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(core())
            // A deadline is a point on the monotonic clock and cannot be told without reading it.
            .and()
            .doNotHaveFullyQualifiedName("dev.postern.evidence.Deadline")
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "a clock, the environment or a random source is read",
                    ArchitectureTest::readsTheWorld)));
  }

  /** What is judged under the lock of a case reads memory; asking a platform comes before. */
  @Test
  void nobodyAsksAPlatformWithinATransaction() {
    List<String> before = List.of("Brake", "Desk", "Electorate");
    hold(
        noClasses()
            .that()
            .resideInAPackage(packageOf("approval"))
            .and(
                DescribedPredicate.describe(
                    "work on an open transaction",
                    type -> !before.contains(outermost(type).getSimpleName())))
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "a platform is asked",
                    access ->
                        access.getTarget().getName().equals("refresh")
                            && List.of("Directory", "Electorate", "Accounts")
                                .contains(access.getTargetOwner().getSimpleName()))));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static boolean readsTheWorld(JavaAccess<?> access) {
    String target = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean withoutArguments = access.getTarget().getFullName().endsWith("()");
    return switch (target) {
      case "java.lang.System" ->
          List.of("currentTimeMillis", "nanoTime", "getenv", "getProperty").contains(name);
      case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system");
      case "java.util.Random", "java.security.SecureRandom", "java.util.SplittableRandom" ->
          name.equals("<init>") || name.startsWith("getInstance");
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.lang.Math" -> name.equals("random");
      case "java.util.Date" -> name.equals("<init>") && withoutArguments;
      default -> {
        boolean injected = access.getTarget().getFullName().endsWith("(java.time.Clock)");
        yield target.startsWith("java.time.") && name.equals("now") && !injected;
      }
    };
  }

  @Test
  void nobodySleepsOrSpins() {
    hold(
        noClasses()
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "somebody sleeps, or looks again and again without a pause",
                    access ->
                        List.of("sleep", "onSpinWait").contains(access.getTarget().getName())
                            && List.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                .contains(access.getTargetOwner().getName()))));
  }

  @Test
  void onlyTheCommandsPrint() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.postern.app..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
  }

  @Test
  void everybodyLogsTheSameWay() {
    hold(noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")));
  }

  @Test
  void roomsHaveNoCycle() {
    hold(slices().matching("dev.postern.(*)..").should().beFreeOfCycles());
  }

  /** An RFC may build on another, as ARC does on DKIM, but not both ways. */
  @Test
  void evidenceHasNoCycleBetweenItsRfcs() {
    hold(slices().matching("dev.postern.evidence.(*)..").should().beFreeOfCycles());
  }

  /** Connectors stand side by side; only their room's own package may know several. */
  @TestFactory
  Stream<DynamicTest> connectorsDoNotSeeEachOther() {
    return Stream.of("intake", "quarantine")
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room,
                    () ->
                        hold(
                            slices()
                                .matching(ROOT + room + ".(*)..")
                                .should()
                                .notDependOnEachOther())));
  }
}
