package dev.postern.web;

import dev.postern.policy.PolicyProblem.Fault;
import dev.postern.policy.Replayed;
import dev.postern.policy.ShadowReport;
import dev.postern.policy.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * What the policy does, what it could do, and what another one would have done.
 *
 * @param name its file, or that it is built in
 * @param version of the one in force
 * @param survey what it does; empty while that is being counted
 * @param counting how far that is, in words; empty when it is not being counted
 * @param form the form to try another one
 * @param trial what is tried, or was tried last
 * @param formToken for the forms
 */
public record PolicyScreen(
    String name,
    String version,
    Optional<Survey> survey,
    String counting,
    Form form,
    Optional<Trial> trial,
    String formToken) {

  /**
   * What the policy in force does.
   *
   * @param rules how often each rule settled a case
   * @param shadows what those in shadow would have done
   * @param ready rules that are proposed
   * @param notYet rules for which something is missing, with what
   */
  public record Survey(
      List<Used> rules,
      List<ShadowReport.Line> shadows,
      List<Proposal> ready,
      List<Proposal> notYet) {}

  /**
   * How often a rule settled a case.
   *
   * @param rule its name
   * @param lately cases that it settled of late
   * @param all cases that it settled
   */
  public record Used(String rule, long lately, long all) {
    Used plus(Used more) {
      return new Used(rule, lately + more.lately, all + more.all);
    }
  }

  /**
   * A rule that is proposed, or is not yet.
   *
   * @param number by which it is adopted
   * @param name with values that mail came with
   * @param rule its figures and its lines
   * @param missing why it is not proposed; empty where it is
   */
  public record Proposal(int number, Piece name, Suggestion rule, String missing) {}

  /**
   * The form as it was filled in.
   *
   * @param draft the text
   * @param days how far to look back
   * @param faults what is wrong in the text
   * @param said what else is to be said
   */
  public record Form(String draft, int days, List<Fault> faults, String said) {
    /** Whether something has to be mended first. */
    public boolean refused() {
      return !faults.isEmpty() || !said.isEmpty();
    }
  }

  /**
   * What is tried.
   *
   * @param days how far it looks back
   * @param running how far it is, in words; empty when it is over
   * @param trouble why nothing came of it
   * @param result what came of it
   */
  public record Trial(int days, String running, String trouble, Optional<Result> result) {}

  /**
   * What came of it.
   *
   * @param replayed all figures
   * @param grave how many cases would be settled against what people decided
   * @param chart cards per week
   */
  public record Result(Replayed replayed, long grave, WeekChart chart) {}

  /** Whether a browser without script is to look again; not while somebody may be typing. */
  public boolean unfinished() {
    return trial.filter(it -> !it.running().isEmpty()).isPresent();
  }
}
