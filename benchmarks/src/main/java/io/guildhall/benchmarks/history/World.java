package io.guildhall.benchmarks.history;

import io.guildhall.benchmarks.history.Firm.Former;
import io.guildhall.benchmarks.history.Firm.Invitation;
import io.guildhall.benchmarks.history.Firm.Member;
import io.guildhall.benchmarks.history.Firm.Token;
import io.guildhall.benchmarks.history.Firm.Webhook;
import io.guildhall.domain.shared.ActorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Many organizations at once, each with members who sign in and out, invite, issue tokens and so on, as often as it is likely. One
 * that has become long is left alone, and another is founded; some are deleted first.
 */
final class World {

    private record Likely(double weight, Doing doing) {}

    @FunctionalInterface
    private interface Doing {

        void by(Firm firm, Person person);
    }

    private final Chronicle chronicle;
    private final People people;
    private final Firms firms;
    private final List<Firm> alive = new ArrayList<>();
    private final int atOnce;
    private final long longest;
    private final List<Likely> acts;
    private final double total;

    /**
     * @param atOnce how many organizations are busy at the same time
     * @param longest of how many events an organization is left alone
     */
    World(Chronicle chronicle, int atOnce, long longest) {
        this.chronicle = chronicle;
        this.people = new People(chronicle);
        this.firms = new Firms(chronicle);
        this.atOnce = atOnce;
        this.longest = longest;
        this.acts = acts();
        this.total = acts.stream().mapToDouble(Likely::weight).sum();
    }

    /** One act more, and what it wrote. */
    List<Fact> next() {
        if (alive.size() < atOnce) {
            found();
        } else {
            Firm firm = chronicle.any(alive);
            if (firm.stream.size() >= longest) {
                leaveAlone(firm);
            } else {
                act(firm);
            }
        }
        return chronicle.take();
    }

    private void act(Firm firm) {
        Invitation oldest = firm.invitations.isEmpty() ? null : firm.invitations.getFirst();
        if (oldest != null && !chronicle.now().isBefore(oldest.expiresAt())) {
            chronicle.later(ActorContext.bySystem());
            firms.expire(firm, oldest);
            return;
        }
        Person person = chronicle.any(firm.members).person();
        Token token = chronicle.chance(0.3) ? chronicle.anyOrNone(firm.tokens) : null;
        by(person, token);
        chosen().by(firm, person);
    }

    private Doing chosen() {
        double left = chronicle.chanceOf(total);
        for (Likely likely : acts) {
            left -= likely.weight();
            if (left < 0) {
                return likely.doing();
            }
        }
        return acts.getLast().doing();
    }

    private List<Likely> acts() {
        return List.of(
                new Likely(14, (firm, person) -> people.signIn(person)),
                new Likely(10, (firm, person) -> people.signOut(person)),
                new Likely(4, (firm, person) -> people.switchTo(person, firm.id)),
                new Likely(4, (firm, person) -> people.refresh(person)),
                new Likely(1.5, (firm, person) -> people.rename(person)),
                new Likely(0.5, (firm, person) -> people.changeEmail(person)),
                new Likely(0.8, (firm, person) -> people.changePassword(person)),
                new Likely(0.4, (firm, person) -> people.resetPassword(person)),
                new Likely(1.5, (firm, person) -> people.turnNewsletter(person)),
                new Likely(1, (firm, person) -> people.turnDeploymentMails(person)),
                new Likely(0.1, (firm, person) -> {
                    chronicle.later(ActorContext.byOperator(chronicle.id().toString()));
                    people.raiseLimit(person);
                }),
                new Likely(14, this::invite),
                new Likely(8, this::answer),
                new Likely(1.5, (firm, person) -> oneOf(firm.invitations, it -> firms.resend(firm, it))),
                new Likely(2, (firm, person) -> oneOf(firm.invitations, it -> firms.revoke(firm, it))),
                new Likely(1.5, this::leave),
                new Likely(12, firms::issue),
                new Likely(2, (firm, person) -> oneOf(firm.tokens, it -> firms.describe(firm, it))),
                new Likely(8, (firm, person) -> oneOf(firm.tokens, it -> firms.revoke(firm, it))),
                new Likely(2, (firm, person) -> firms.createWebhook(firm)),
                new Likely(2.5, this::keepWebhook),
                new Likely(0.7, (firm, person) -> firms.rename(firm)),
                new Likely(0.8, (firm, person) -> firms.giveBilling(firm)),
                new Likely(0.8, (firm, person) -> firms.choosePlan(firm)),
                new Likely(0.5, (firm, person) -> firms.answer(firm)),
                new Likely(0.1, (firm, person) -> {
                    firms.deactivate(firm);
                    by(person, null);
                    firms.reactivate(firm);
                }),
                new Likely(0.1, (firm, person) -> {
                    chronicle.later(ActorContext.byOperator(chronicle.id().toString()));
                    firms.lockForAWhile(firm);
                }));
    }

    private void found() {
        Person creator = alive.isEmpty() || chronicle.chance(0.8) ? null : someone();
        if (creator == null || !creator.canJoin()) {
            creator = newcomer(people.newAddress(), "LINK");
        }
        by(creator, null);
        Firm firm = firms.found(creator);
        firms.giveBilling(firm);
        firms.choosePlan(firm);
        alive.add(firm);
    }

    /** With nothing pending, which the service would expire by itself. */
    private void leaveAlone(Firm firm) {
        alive.remove(firm);
        by(firm.members.getFirst().person(), null);
        List.copyOf(firm.invitations).forEach(invitation -> firms.revoke(firm, invitation));
        if (chronicle.chance(0.2)) {
            Person last = firm.members.getFirst().person();
            by(last, null);
            firms.deactivate(firm);
            by(last, null);
            firms.delete(firm);
            if (last.organizations.isEmpty()) {
                by(last, null);
                people.erase(last);
            }
        }
    }

    private void invite(Firm firm, Person person) {
        if (!firm.hasSeat()) {
            return;
        }
        Former former = chronicle.chance(0.3) ? chronicle.anyOrNone(firm.former) : null;
        Person known = former != null ? former.person() : chronicle.chance(0.3) ? someone() : null;
        if (known == null || known.erased || firm.includes(known) || firm.invites(known)) {
            firms.invite(firm, person, people.newAddress(), null);
        } else {
            firms.invite(firm, person, known.email, known);
        }
    }

    /** Most accept; for that somebody new signs up by the invitation's link. */
    private void answer(Firm firm, Person ignored) {
        Invitation invitation = chronicle.anyOrNone(firm.invitations);
        if (invitation == null || !chronicle.now().isBefore(invitation.expiresAt())) {
            return;
        }
        Person person = invitation.person();
        if (person == null) {
            person = newcomer(invitation.email(), "INVITATION");
        }
        by(person, null);
        if (!person.emailHash.equals(invitation.emailHash()) || person.erased) {
            return;
        }
        if (person.canJoin() && !firm.includes(person) && chronicle.chance(0.9)) {
            firms.accept(firm, invitation, person);
            people.switchTo(person, firm.id);
        } else {
            firms.decline(firm, invitation, person);
        }
    }

    private void leave(Firm firm, Person person) {
        if (firm.members.size() > 1) {
            Member member = chronicle.any(firm.members);
            boolean ofOwnAccord = member.person() == person;
            firms.end(firm, member, ofOwnAccord);
            if (person != member.person() && member.person().organizations.isEmpty() && chronicle.chance(0.3)) {
                by(member.person(), null);
                people.erase(member.person());
            }
        }
    }

    private void keepWebhook(Firm firm, Person ignored) {
        Webhook webhook = chronicle.anyOrNone(firm.webhooks);
        if (webhook != null) {
            firms.keepWebhook(firm, webhook);
        }
    }

    private Person newcomer(String email, String proof) {
        chronicle.later(ActorContext.byUser(null, null, chronicle.id().toString()));
        Person person = people.signUp(email);
        by(person, null);
        people.validate(person, proof);
        return person;
    }

    /** Of any organization. */
    private Person someone() {
        return chronicle.any(chronicle.any(alive).members).person();
    }

    private void by(Person person, @Nullable Token token) {
        chronicle.later(ActorContext.byUser(
                person.user, token == null ? null : token.id(), chronicle.id().toString()));
    }

    private <T> void oneOf(List<T> all, Consumer<T> then) {
        T one = chronicle.anyOrNone(all);
        if (one != null) {
            then.accept(one);
        }
    }
}
