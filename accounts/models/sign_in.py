from django.db import models


class SignInAttempts(models.Model):
    """Attempts on one account from one address, counted before the password is looked at."""

    key = models.CharField(max_length=64, primary_key=True)  # digest of username and address
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)  # then the count is forgotten

    class Meta:
        db_table = "sign_in_attempts"

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
