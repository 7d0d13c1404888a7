package dev.postern.web;

import dev.postern.approval.CaseBook;
import dev.postern.approval.Reading;
import dev.postern.card.Cleaner;
import java.util.OptionalLong;

/** What stands beside each page for one reader. */
final class Navigation {
  private final CaseBook cases;
  private final boolean policy;
  private final boolean mailbox;

  Navigation(CaseBook cases, boolean policy, boolean mailbox) {
    this.cases = cases;
    this.policy = policy;
    this.mailbox = mailbox;
  }

  Frame.Nav at(String here, Reader reader) {
    return new Frame.Nav(
        here,
        count(Tab.WAITING, reader),
        policy && Reading.admin(reader.person()),
        mailbox,
        Cleaner.clean(reader.person().name(), Cleaner.Kind.NAME),
        String.join(", ", reader.person().groups().stream().sorted().toList()),
        reader.formToken());
  }

  /**
   * Only who sees all cases learns how many wait. What is done is not counted: that would read the
   * rows of a year for each page.
   */
  OptionalLong count(Tab tab, Reader reader) {
    return tab == Tab.WAITING && Reading.admin(reader.person())
        ? OptionalLong.of(Math.max(0, cases.count(tab.states()) - cases.joined()))
        : OptionalLong.empty();
  }
}
