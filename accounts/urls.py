"""Addresses of this room."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.second_step_pages import SecondStep
from accounts.views import ChangePassword, SignIn

urlpatterns = [
    path("login", SignIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("second-step", SecondStep.as_view(), name="second-step"),
    path("password", ChangePassword.as_view(), name="password"),
]
