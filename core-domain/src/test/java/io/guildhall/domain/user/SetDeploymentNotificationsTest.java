package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.user.UserCommand.SetDeploymentNotifications;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import org.junit.jupiter.api.Test;

class SetDeploymentNotificationsTest {

    private final UserFixture ada = new UserFixture(user(ADA, "ada@example.com"));

    @Test
    void isSilentOverOnToBeginWith() {
        ada.when(new SetDeploymentNotifications(ADA, true))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void turnsOffOnce() {
        ada.when(new SetDeploymentNotifications(ADA, false)).expectEvents(new DeploymentNotificationsDisabled(ADA));
        ada.given(new DeploymentNotificationsDisabled(ADA))
                .when(new SetDeploymentNotifications(ADA, false))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void turnsOnAgain() {
        ada.given(new DeploymentNotificationsDisabled(ADA))
                .when(new SetDeploymentNotifications(ADA, true))
                .expectEvents(new DeploymentNotificationsEnabled(ADA));
    }
}
