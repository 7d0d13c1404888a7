package dev.postern.web;

import dev.postern.approval.Petitions;
import dev.postern.approval.Reading;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** The web console: sign-in, queue, case, grants, policy, mailbox. A GET never changes anything. */
public final class Console {
  private final Assets assets = new Assets();
  private final Pages pages;
  private final Gate gate;
  private final SignIn signIn;
  private final QueuePage queue;
  private final CasePage cases;
  private final VotePost votes;
  private final ApartPost apart;
  private final GrantPage grants;
  private final MailboxPage mailbox;
  private final boolean hasMailbox;
  private final Optional<PolicyPage> policy;

  /**
   * Wires the pages; reads no message and opens nothing.
   *
   * @param petitions asks for exceptions from the rules
   * @param ofPolicy empty where there is to be no page of the policy
   */
  public Console(WebParts parts, Petitions petitions, Optional<PolicyParts> ofPolicy) {
    Site site = new Site(parts.publicUrl());
    Reading reading = new Reading(parts.cases(), parts.ballots());
    pages = new Pages(assets, parts.brake()::standing, parts.clock());
    gate = new Gate(site, parts.sessions(), parts.people(), parts.clock(), pages);
    Navigation navigation =
        new Navigation(parts.cases(), ofPolicy.isPresent(), parts.mailbox().isPresent());
    hasMailbox = parts.mailbox().isPresent();
    signIn = new SignIn(parts, site, gate, pages);
    queue = new QueuePage(parts, reading, navigation, pages);
    cases = new CasePage(parts, reading, navigation, pages);
    votes = new VotePost(parts, reading, cases, pages);
    apart = new ApartPost(parts, reading, cases, pages);
    grants = new GrantPage(petitions, reading, navigation, pages, parts.clock());
    mailbox = new MailboxPage(parts, navigation, pages);
    policy = ofPolicy.map(it -> new PolicyPage(it, navigation, pages, parts.clock()));
  }

  /** Adds the console's routes. */
  public void register(RoutesConfig routes) {
    routes.get("/assets/{name}", gate.open((ctx, _) -> serve(ctx)));
    routes.get("/login", gate.open(signIn::form));
    routes.post("/login", gate.open(signIn::withToken));
    routes.get("/login/{code}", gate.open(signIn::link));
    routes.post("/login/{code}", gate.open((ctx, _) -> signIn.withLink(ctx)));
    routes.post("/logout", gate.signedIn((ctx, _) -> signIn.out(ctx)));
    routes.get("/", gate.signedIn(queue::show));
    routes.get("/queue/news", gate.signedIn(queue::news));
    routes.get("/cases/{id}", gate.signedIn(cases::show));
    routes.get("/cases/{id}/news", gate.signedIn(cases::news));
    routes.get("/cases/{id}/votes", gate.signedIn((ctx, _) -> cases.back(ctx)));
    routes.post("/cases/{id}/votes", gate.signedIn(votes::cast));
    routes.get("/cases/{id}/apart", gate.signedIn((ctx, _) -> cases.back(ctx)));
    routes.post("/cases/{id}/apart", gate.signedIn(apart::take));
    routes.get("/cases/{id}/message", gate.signedIn(cases::download));
    routes.get("/grants", gate.signedIn(grants::show));
    routes.post("/grants", gate.signedIn(grants::ask));
    routes.get(
        "/grants/{id}/revoke",
        gate.signedIn((ctx, _) -> ctx.status(303).header("Location", "/grants")));
    routes.post("/grants/{id}/revoke", gate.signedIn(grants::revoke));
    if (hasMailbox) {
      routes.get("/mailbox", gate.signedIn(mailbox::show));
    }
    if (policy.isPresent()) {
      PolicyPage page = policy.get();
      routes.get("/policy", gate.signedIn(page::show));
      routes.get(
          "/policy/trials",
          gate.signedIn((ctx, _) -> ctx.status(303).header("Location", "/policy")));
      routes.post("/policy/trials", gate.signedIn(page::begin));
      routes.post("/policy/trials/end", gate.signedIn(page::drop));
    }
    routes.error(404, "text/html", gate.open((ctx, _) -> pages.problem(ctx, Problem.NOT_FOUND)));
  }

  private void serve(Context ctx) {
    if (!assets.serve(ctx, ctx.pathParam("name"))) {
      pages.problem(ctx, Problem.NOT_FOUND);
    }
  }
}
