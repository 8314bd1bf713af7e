package io.guildhall.api.user;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of people: the initials that the address gives, on a colour that its digits give. Looks nothing up. */
@Hidden
@RestController
class AvatarEndpoint {

    private static final CacheControl FOR_LONG =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @GetMapping("/avatars/{initials:[a-z0-9]{1,2}}-{digits:[0-9a-f]{8}}.svg")
    @RequiresPermission(Permission.PUBLIC)
    ResponseEntity<String> draw(@PathVariable String initials, @PathVariable String digits) {
        int hue = Integer.parseInt(digits.substring(0, 4), 16) % 360;
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" width="80" height="80" viewBox="0 0 80 80">
                <rect width="80" height="80" fill="hsl(%d 45%% 40%%)"/>
                <text x="40" y="52" text-anchor="middle" font-family="sans-serif" font-size="34" fill="#fff">%s</text>
                </svg>
                """.formatted(hue, initials.equals("x") ? "?" : initials.toUpperCase(Locale.ROOT));
        return ResponseEntity.ok()
                .cacheControl(FOR_LONG)
                .contentType(MediaType.valueOf("image/svg+xml"))
                .body(svg);
    }
}
