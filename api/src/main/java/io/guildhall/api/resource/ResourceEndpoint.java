package io.guildhall.api.resource;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Lists an organization's resources, of which there are none yet. */
@RestController
class ResourceEndpoint {

    record AppPage(List<Object> apps, long limit, long offset, long count, boolean hasNext) {}

    record ServicePage(List<Object> services, long limit, long offset, long count, boolean hasNext) {}

    record DeploymentPage(List<Object> deployments, long limit, long offset, long count, boolean hasNext) {}

    record InstancePage(List<Object> instances, long limit, long offset, long count, String order) {}

    record DomainPage(List<Object> domains, long limit, long offset, long count) {}

    record SecretPage(List<Object> secrets, long limit, long offset, long count) {}

    record PersistentVolumePage(List<Object> persistentVolumes, long limit, long offset, long count) {}

    record SnapshotPage(List<Object> snapshots, long limit, long offset, long count) {}

    record NotificationPage(
            List<Object> notifications,
            long limit,
            long offset,
            long count,
            boolean isRead,
            boolean isSeen,
            long unread,
            long unseen) {}

    /** Without an amount while none was set. */
    record Budget(@Nullable String amount, @Nullable List<String> thresholds) {}

    record BudgetReply(Budget budget) {}

    record NextInvoiceReply(Map<String, Object> stripeInvoice, List<Object> lines, List<Object> discounts) {}

    @GetMapping("/v1/apps")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    AppPage apps(PageParameters page) {
        return new AppPage(List.of(), page.limit(), page.offset(), 0, false);
    }

    @GetMapping("/v1/services")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    ServicePage services(PageParameters page) {
        return new ServicePage(List.of(), page.limit(), page.offset(), 0, false);
    }

    @GetMapping("/v1/deployments")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    DeploymentPage deployments(PageParameters page) {
        return new DeploymentPage(List.of(), page.limit(), page.offset(), 0, false);
    }

    @GetMapping("/v1/instances")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    InstancePage instances(PageParameters page) {
        return new InstancePage(List.of(), page.limit(), page.offset(), 0, "desc");
    }

    @GetMapping("/v1/domains")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    DomainPage domains(PageParameters page) {
        return new DomainPage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/secrets")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    SecretPage secrets(PageParameters page) {
        return new SecretPage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/persistent_volumes")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    PersistentVolumePage persistentVolumes(PageParameters page) {
        return new PersistentVolumePage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/snapshots")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    SnapshotPage snapshots(PageParameters page) {
        return new SnapshotPage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/notifications")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    NotificationPage notifications(PageParameters page) {
        return new NotificationPage(List.of(), page.limit(), page.offset(), 0, false, false, 0, 0);
    }

    @GetMapping("/v1/organizations/{organization_id}/budget")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, organization = PATH, whileDeactivated = true)
    BudgetReply budget(@PathVariable("organization_id") String id) {
        return new BudgetReply(new Budget(null, null));
    }

    @GetMapping("/v1/billing/next_invoice")
    @RequiresPermission(value = Permission.ORGANIZATION_READ, whileDeactivated = true)
    NextInvoiceReply nextInvoice() {
        return new NextInvoiceReply(Map.of(), List.of(), List.of());
    }

    /** Existing clients look for this text. */
    @GetMapping("/v1/github/installation")
    @RequiresPermission(Permission.ORGANIZATION_READ)
    void gitHubInstallation() {
        throw RequestRejectionException.of(HttpStatus.BAD_REQUEST, "no-github-installation", "No GitHub Installation");
    }
}
