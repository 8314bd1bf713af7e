package io.guildhall.domain.account;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import org.junit.jupiter.api.Test;

class TurnDeploymentMailsTest {

    private final Decisions decisions = new Decisions().given(account(ADA, "ada@example.com"));

    @Test
    void isSilentOverOnToBeginWith() {
        decisions.when(new TurnDeploymentMails(ADA, true)).expectSilence();
    }

    @Test
    void turnsOffOnce() {
        decisions.when(new TurnDeploymentMails(ADA, false)).expectEvents(new DeploymentMailsTurnedOff(ADA));
        decisions.when(new TurnDeploymentMails(ADA, false)).expectSilence();
    }

    @Test
    void turnsOnAgain() {
        decisions
                .given(new DeploymentMailsTurnedOff(ADA))
                .when(new TurnDeploymentMails(ADA, true))
                .expectEvents(new DeploymentMailsTurnedOn(ADA));
    }
}
