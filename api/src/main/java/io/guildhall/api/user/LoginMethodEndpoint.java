package io.guildhall.api.user;

import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everybody signs in with a password, known or not: the contract's name for that is KOYEB. */
@RestController
class LoginMethodEndpoint {

    record LoginMethod(String method) {}

    @GetMapping("/v1/account/login_method")
    @RequiresPermission(Permission.PUBLIC)
    LoginMethod method() {
        return new LoginMethod("KOYEB");
    }
}
