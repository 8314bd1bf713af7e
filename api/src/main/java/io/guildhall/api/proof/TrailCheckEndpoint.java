package io.guildhall.api.proof;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.infrastructure.auditlog.TrailVerifier;
import io.guildhall.infrastructure.checkpoint.TrailProofs;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Looks whether a trail is still what was kept and signed of it, activity by activity. */
@RestController
class TrailCheckEndpoint {

    private final TrailProofs proofs;
    private final QueryDispatcher queries;

    TrailCheckEndpoint(TrailProofs proofs, QueryDispatcher queries) {
        this.proofs = proofs;
        this.queries = queries;
    }

    /** @param sequence of the activity that is wrong, where it can be told */
    record Finding(@Nullable Long sequence, String what) {}

    record Checked(boolean holds, long size, String rootHash, int checkpoints, List<Finding> findings) {}

    @PostMapping("/operator/v1/organizations/{id}/check_trail")
    @RequiresPermission(Permission.OPERATE)
    Checked check(@PathVariable UUID id) {
        queries.require(new FindOrganization(id), OrganizationView.class, "organization");
        TrailVerifier.Result result = proofs.check(id);
        return new Checked(
                result.findings().isEmpty(),
                result.size(),
                Base64.getEncoder().encodeToString(result.root()),
                result.checkpoints(),
                result.findings().stream()
                        .map(each -> new Finding(each.sequence(), each.what()))
                        .toList());
    }
}
