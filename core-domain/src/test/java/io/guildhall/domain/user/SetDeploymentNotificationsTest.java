package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.user.UserCommand.SetDeploymentNotifications;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import org.junit.jupiter.api.Test;

class SetDeploymentNotificationsTest {

    private final Decisions decisions = new Decisions().given(user(ADA, "ada@example.com"));

    @Test
    void isSilentOverOnToBeginWith() {
        decisions.when(new SetDeploymentNotifications(ADA, true)).expectSilence();
    }

    @Test
    void turnsOffOnce() {
        decisions
                .when(new SetDeploymentNotifications(ADA, false))
                .expectEvents(new DeploymentNotificationsDisabled(ADA));
        decisions.when(new SetDeploymentNotifications(ADA, false)).expectSilence();
    }

    @Test
    void turnsOnAgain() {
        decisions
                .given(new DeploymentNotificationsDisabled(ADA))
                .when(new SetDeploymentNotifications(ADA, true))
                .expectEvents(new DeploymentNotificationsEnabled(ADA));
    }
}
