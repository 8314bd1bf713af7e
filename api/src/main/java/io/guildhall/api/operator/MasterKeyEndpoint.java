package io.guildhall.api.operator;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.infrastructure.encryption.MasterKeyRotation;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rotating the master key, and how far it is. */
@RestController
@RequestMapping("/operator/v1/master_key")
class MasterKeyEndpoint {

    private final MasterKeyRotation masterKeyRotation;

    MasterKeyEndpoint(MasterKeyRotation masterKeyRotation) {
        this.masterKeyRotation = masterKeyRotation;
    }

    /**
     * @param state IN_USE; TO_BE_TAKEN_INTO_USE by a rotation; or REPLACED, by one that this process was not given
     * @param generation how many there were of what keys are wrapped under
     * @param keysBehind how many keys are still wrapped under a former generation
     */
    record Shown(String state, int generation, long keysBehind) {}

    @GetMapping
    @RequiresPermission(Permission.OPERATE)
    Shown show() {
        MasterKeyRotation.Progress progress = masterKeyRotation.progress();
        return new Shown(progress.masterKey().name(), progress.generation(), progress.behind());
    }

    /** Does not wait until all keys have followed. */
    @PostMapping("/rotate")
    @RequiresPermission(Permission.OPERATE)
    Shown rotate() {
        try {
            masterKeyRotation.rotate();
        } catch (MasterKeyRotation.RotationRejectedException e) {
            throw RequestRejectionException.of(
                    HttpStatus.BAD_REQUEST, "master-key-not-rotated", String.valueOf(e.getMessage()));
        }
        return show();
    }
}
