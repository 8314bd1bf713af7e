package io.guildhall.api.resource;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists where and on what resources can run: nowhere yet. */
@RestController
class CatalogEndpoint {

    record RegionPage(List<Object> regions, long limit, long offset, long count) {}

    record InstanceTypePage(List<Object> instances, long limit, long offset, long count) {}

    record DatacenterList(List<Object> datacenters) {}

    record CatalogUsageReply(Map<String, Object> usage) {}

    @GetMapping("/v1/catalog/regions")
    @RequiresPermission(Permission.PUBLIC)
    RegionPage regions(PageParameters page) {
        return new RegionPage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/catalog/instances")
    @RequiresPermission(Permission.PUBLIC)
    InstanceTypePage instances(PageParameters page) {
        return new InstanceTypePage(List.of(), page.limit(), page.offset(), 0);
    }

    @GetMapping("/v1/catalog/datacenters")
    @RequiresPermission(Permission.PUBLIC)
    DatacenterList datacenters() {
        return new DatacenterList(List.of());
    }

    @GetMapping("/v1/catalog/usage")
    @RequiresPermission(Permission.PUBLIC)
    CatalogUsageReply usage() {
        return new CatalogUsageReply(Map.of());
    }
}
